/*
 * What the tls_*.c files share: the two structs of tls.h, and the seams between reading
 * PEM, loading and judging credentials, choosing algorithms, pumping the engine and
 * telling what went wrong.
 *
 * BearSSL allocates nothing and keeps pointers into what it is given, itself included.
 * So both structs hold all they need by value, are allocated once, and never move.
 */
#ifndef STELLAR_SERVER_TLS_INTERNAL_H
#define STELLAR_SERVER_TLS_INTERNAL_H

#include <bearssl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "tls.h"

enum {
    STELLAR__TLS_CHAIN_MAX = 16,         /* certificates in a file */
    STELLAR__TLS_CACHE_SIZE = 64 * 1024, /* bytes; a session takes 100 */
    STELLAR__TLS_FILE_MAX = 1024 * 1024, /* bytes of a PEM file */
    STELLAR__TLS_WARNING_SIZE = 512,
    STELLAR__TLS_FAILURE_SIZE = 128
};

struct stellar__tls_cache {
    const br_ssl_session_cache_class *class; /* what the engine sees */
    pthread_mutex_t lock;                    /* for what follows */
    br_ssl_session_cache_lru sessions;
    unsigned char store[STELLAR__TLS_CACHE_SIZE];
};

/* Only read once it is made, but for the cache and the count. */
struct stellar__tls_context {
    struct stellar_allocator allocator;
    atomic_uint references;
    br_x509_certificate chain[STELLAR__TLS_CHAIN_MAX]; /* in the order of the file */
    size_t chain_length;
    unsigned char *der;          /* all certificates; chain points into it */
    br_skey_decoder_context key; /* the decoded key lies inside */
    struct stellar__tls_cache cache;
    char warning[STELLAR__TLS_WARNING_SIZE];
};

struct stellar__tls_session {
    struct stellar__tls_context *context;
    br_ssl_server_context server;
    unsigned header_seen; /* bytes of the first record's header that were looked at */
    bool opened;          /* the handshake has been finished */
    bool closing;         /* we began to close */
    char failure[STELLAR__TLS_FAILURE_SIZE]; /* empty while it has not failed */
    unsigned char buffer[BR_SSL_BUFSIZE_BIDI];
};

/* A context that is being made, and where to complain. */
struct stellar__tls_loading {
    struct stellar__tls_context *context;
    const char *certificate_file;
    const char *key_file;
    char *error;
    size_t capacity;
};

/* What is said about a key of any other kind. */
#define STELLAR__TLS_KEYS_SUPPORTED \
    "it must be RSA of at most 4096 bits, or EC on P-256, P-384 or P-521"

/* tls_credentials.c: "file: text" becomes the error. Returns STELLAR_ERR_TLS. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
int stellar__tls_refuse(const struct stellar__tls_loading *loading, const char *file,
                        const char *format, ...);

/* tls_check.c: checks what was loaded: 0 or STELLAR_ERR_TLS. May set the warning. */
int stellar__tls_check(const struct stellar__tls_loading *loading);

/* tls_policy.c: versions, suites, algorithms, and the context's chain and key. */
void stellar__tls_policy_apply(br_ssl_server_context *server,
                               struct stellar__tls_context *context);

/* tls_cache.c. False: the system has no lock for us. */
bool stellar__tls_cache_init(struct stellar__tls_cache *cache);
/* Wipes. */
void stellar__tls_cache_free(struct stellar__tls_cache *cache);

/* tls_failure.c: writes in words what a BearSSL error (not 0) means to a server. */
void stellar__tls_failure_text(int error, char *text, size_t capacity);

/* tls_pem.c: overwrites secrets; unlike memset, never optimised away. */
void stellar__tls_wipe(void *memory, size_t length);

/* The content of a file, followed by a NUL. */
struct stellar__tls_file {
    char *text;
    size_t length;
};

/* Reads a file of at most STELLAR__TLS_FILE_MAX bytes. Returns as
 * stellar__tls_context_new() does. What was read must be released. */
int stellar__tls_file_read(struct stellar__tls_file *file,
                           const struct stellar_allocator *allocator, const char *path,
                           char *error, size_t capacity);
/* Wipes and frees. */
void stellar__tls_file_release(struct stellar__tls_file *file,
                               const struct stellar_allocator *allocator);

/* Receives the blocks of a PEM file. begin returns whether it wants the block; if so,
 * its decoded bytes follow, and then end. */
struct stellar__tls_pem_reader {
    bool (*begin)(void *data, const char *name);
    void (*bytes)(void *data, const void *bytes, size_t length);
    void (*end)(void *data);
    void *data;
};

/* Returns NULL, or what is wrong with the file, in words. */
const char *stellar__tls_pem_read(const struct stellar__tls_file *file,
                                  const struct stellar__tls_pem_reader *reader);

#endif
