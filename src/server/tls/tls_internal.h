/*
 * What the tls_*.c files share: the two structs of tls.h, and the functions between
 * reading PEM, loading and checking credentials, choosing algorithms, running the
 * engine and reporting errors.
 *
 * BearSSL allocates nothing and keeps pointers into its arguments, and into itself. So
 * both structs contain all they need by value, are allocated once, and never move.
 */
#ifndef STELLAR_SERVER_TLS_INTERNAL_H
#define STELLAR_SERVER_TLS_INTERNAL_H

#include <bearssl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "text_file.h"
#include "tls.h"

enum {
    STELLAR__TLS_CHAIN_MAX = 16,         /* certificates of a server */
    STELLAR__TLS_AUTHORITIES_MAX = 256,  /* authorities for clients */
    STELLAR__TLS_CLIENT_MAX = 16 * 1024, /* bytes of a client's own certificate */
    STELLAR__TLS_CACHE_SIZE = 64 * 1024, /* bytes; a session takes 100 */
    STELLAR__TLS_FILE_MAX = 1024 * 1024, /* bytes of a PEM file */
    STELLAR__TLS_KEY_MAX = 6 * BR_X509_BUFSIZE_SIG, /* bytes of a key's DER */
    STELLAR__TLS_RSA_BITS_MIN = 2048,               /* what clients accept */
    STELLAR__TLS_RSA_BITS_MAX = 4096,
    STELLAR__TLS_HEADER_SIZE = 5, /* of a record */
    /* An incoming record and its overhead; an outgoing one is smaller. */
    STELLAR__TLS_BUFFER_SIZE = BR_SSL_BUFSIZE_INPUT,
    STELLAR__TLS_SPARE_MAX = 8, /* buffers kept */
    STELLAR__TLS_FAILURE_SIZE = 128,
    STELLAR__TLS_FINGERPRINT_SIZE = 96 /* 32 bytes as "AB:CD:…", and a NUL */
};

struct stellar__tls_cache {
    const br_ssl_session_cache_class *class; /* what the engine sees */
    pthread_mutex_t lock;                    /* for the cache below */
    br_ssl_session_cache_lru sessions;
    unsigned char store[STELLAR__TLS_CACHE_SIZE];
};

struct stellar__tls_chain {
    br_x509_certificate list[STELLAR__TLS_AUTHORITIES_MAX]; /* in the file's order */
    size_t length;
    unsigned char *der; /* all certificates; list points into it */
};

/* Trust anchors, which point into the other two. */
struct stellar__tls_authorities {
    br_x509_trust_anchor *anchors;
    br_x509_decoder_context *decoders;
    unsigned char *names;
    size_t count; /* 0: clients are not asked for certificates */
};

/* After it has been created it is only read, except for the cache and the count. */
struct stellar__tls_context {
    struct stellar_allocator allocator;
    atomic_uint references;
    struct stellar__tls_chain chain;
    br_skey_decoder_context key; /* contains the decoded key */
    /* BearSSL 0.6 writes beyond the decoder if an RSA key has more than 4096 bits, but
     * not further than the length of the key. */
    unsigned char key_overflow[STELLAR__TLS_KEY_MAX];
    struct stellar__tls_authorities authorities;
    bool client_is_optional;
    struct stellar__tls_cache cache;
};

/* The identity of a client. */
struct stellar__tls_identity {
    char fingerprint[STELLAR__TLS_FINGERPRINT_SIZE];
    char subject[];
};

struct stellar__tls_inspector; /* of a client's certificate; tls_client.c */

struct stellar__tls_session {
    struct stellar__tls_context *context;
    br_ssl_server_context server;
    struct stellar__tls_inspector *inspector; /* while a certificate may come */
    struct stellar__tls_identity *identity;   /* NULL: no client certificate */
    struct stellar__tls_pool *pool;
    unsigned char header[STELLAR__TLS_HEADER_SIZE]; /* for the next record's header */
    unsigned char nothing; /* output points here while it has no buffer */
    size_t most;           /* the most bytes that have been in the input buffer */
    unsigned header_seen;  /* bytes of the first record's header that were checked */
    bool opened;           /* the handshake has been finished */
    bool resumed;          /* from a session in the cache */
    bool closing;          /* we began to close */
    char failure[STELLAR__TLS_FAILURE_SIZE]; /* empty while it has not failed */
    unsigned char alert[7]; /* a record of our own, when the engine sends none */
    size_t alert_left;      /* its last bytes, which wait to be sent */
};

/* A context that is being created, and the memory for errors. */
struct stellar__tls_loading {
    struct stellar__tls_context *context;
    const char *certificate_file;
    const char *key_file;
    const char *authority_file; /* or NULL */
    char *error;
    size_t capacity;
};

/* The error for a key of any other type. */
#define STELLAR__TLS_KEYS_SUPPORTED \
    "it must be RSA of at most 4096 bits, or EC on P-256, P-384 or P-521"

/* tls_credentials.c: "file: text" becomes the error. Returns STELLAR_ERR_TLS. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
int stellar__tls_refuse(const struct stellar__tls_loading *loading, const char *file,
                        const char *format, ...);

/* Likewise if memory ran out. Returns STELLAR_ERR_NO_MEMORY. */
int stellar__tls_out_of_memory(const struct stellar__tls_loading *loading);

/* tls_chain.c: reads a file of at most that many certificates into an empty chain. The
 * result is like that of stellar__tls_context_new(). The caller must release der,
 * whatever the result is. */
int stellar__tls_chain_load(const struct stellar__tls_loading *loading,
                            const char *path, size_t most,
                            struct stellar__tls_chain *chain);

/* tls_authorities.c: loads the authorities for clients' certificates. */
void stellar__tls_authorities_init(struct stellar__tls_authorities *authorities);
int stellar__tls_authorities_load(const struct stellar__tls_loading *loading,
                                  struct stellar__tls_authorities *authorities);
void stellar__tls_authorities_free(struct stellar__tls_authorities *authorities,
                                   const struct stellar_allocator *allocator);

/* tls_check.c: checks the credentials. Returns 0 or STELLAR_ERR_TLS. */
int stellar__tls_check(const struct stellar__tls_loading *loading);

/* tls_check_key.c: checks the key. The certificates must be decodable. */
int stellar__tls_check_key(const struct stellar__tls_loading *loading);

/* tls_check_key.c: returns the number of bits of a key's modulus. */
unsigned stellar__tls_rsa_bits(const br_rsa_public_key *key);

/* tls_check_key.c: returns whether signatures can be verified with a key that BearSSL's
 * decoder accepts. RSA of more than 4096 bits cannot be used, nor EC if the point is
 * not complete. */
bool stellar__tls_can_verify(const br_x509_pkey *key);

/* tls_policy.c: versions, suites, algorithms, and the context's chain and key. */
void stellar__tls_policy_apply(br_ssl_server_context *server,
                               struct stellar__tls_context *context);

/* tls_cache.c. Returns false if the system has no lock left. */
bool stellar__tls_cache_init(struct stellar__tls_cache *cache);
/* Wipes. */
void stellar__tls_cache_free(struct stellar__tls_cache *cache);

/* tls_client.c: makes the session's engine ask for a certificate, if the context wants
 * one. Returns false if there is no memory. */
bool stellar__tls_client_ask(struct stellar__tls_session *session);
/* Returns a text that says what is wrong with the certificate, or NULL. *alert is the
 * alert for the client. */
const char *stellar__tls_client_error(const struct stellar__tls_session *session,
                                      unsigned char *alert);
/* To be called after the handshake. Then the session has an identity, or none. */
void stellar__tls_client_finish(struct stellar__tls_session *session);
void stellar__tls_client_free(struct stellar__tls_session *session);

/* tls_der.c: a cursor over DER (X.690). */
struct stellar__tls_der {
    const unsigned char *bytes;
    size_t length;
};

/* Reads the next element: its tag and its content; *whole (may be NULL) is the element
 * itself. Returns false if there is none, or if it is malformed. */
bool stellar__tls_der_next(struct stellar__tls_der *from, unsigned *tag,
                           struct stellar__tls_der *content,
                           struct stellar__tls_der *whole);

/* tls_der.c: finds the parts of a certificate that we need: the content of its
 * subject's name and of its extensions (empty if it has none). Returns false if it is
 * malformed. */
bool stellar__tls_der_certificate(const unsigned char *bytes, size_t length,
                                  struct stellar__tls_der *subject,
                                  struct stellar__tls_der *extensions);

/* tls_subject.c: writes a name in the form of RFC 4514, without a NUL. Sets *length to
 * its length, whatever the capacity is. Returns false if the name is malformed. */
bool stellar__tls_subject(struct stellar__tls_der name, char *text, size_t capacity,
                          size_t *length);

/* tls_failure.c: writes a text that says what a BearSSL error (not 0) means to a
 * server. */
void stellar__tls_failure_text(int error, char *text, size_t capacity);

/* tls_buffers.c: sets up the engine's buffers; at first it has none. */
void stellar__tls_buffers_init(struct stellar__tls_session *session,
                               struct stellar__tls_pool *pool);
/* To be called before the engine is fed, and before it must write. Returns false if
 * there is no memory. */
bool stellar__tls_buffers_for_input(struct stellar__tls_session *session);
bool stellar__tls_buffers_for_output(struct stellar__tls_session *session);
/* The first returns the empty buffers to the pool, the second all buffers. */
void stellar__tls_buffers_return(struct stellar__tls_session *session);
void stellar__tls_buffers_free(struct stellar__tls_session *session);

/* tls_pem.c: reads a file of at most STELLAR__TLS_FILE_MAX bytes. The result is like
 * that of stellar__tls_context_new(). The file must be released. */
int stellar__tls_file_read(struct stellar__text_file *file,
                           const struct stellar_allocator *allocator, const char *path,
                           char *error, size_t capacity);

/* Receives the blocks of a PEM file. begin returns whether it wants the block; if so,
 * its decoded bytes follow, and then end. Other blocks are not decoded. */
struct stellar__tls_pem_reader {
    bool (*begin)(void *data, const char *name);
    void (*bytes)(void *data, const void *bytes, size_t length);
    void (*end)(void *data);
    void *data;
};

/* Returns NULL, or a text that says what is wrong with the file. */
const char *stellar__tls_pem_read(const struct stellar__text_file *file,
                                  const struct stellar__tls_pem_reader *reader);

#endif
