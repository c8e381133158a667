/* A TLS client that talks to a session through memory, and an allocator that counts. */
#ifndef TESTS_UNIT_TLS_CLIENT_H
#define TESTS_UNIT_TLS_CLIENT_H

#include <bearssl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tls.h"

/* Memory from malloc; the number of blocks in use, and of blocks still available. */
struct purse {
    struct stellar_allocator allocator;
    atomic_int out;
    atomic_int left; /* negative: any number */
};

void purse_init(struct purse *purse);

/* A client that trusts ca.pem, expects "localhost", and is the peer of one session. */
struct client {
    br_ssl_client_context context;
    br_x509_minimal_context validator;
    br_x509_trust_anchor root;
    br_x509_decoder_context root_decoder;
    unsigned char root_der[2048];
    size_t root_length;
    unsigned char root_name[256];
    size_t root_name_length;
    unsigned char buffer[BR_SSL_BUFSIZE_BIDI];

    struct stellar__tls_session *session;
    size_t step;        /* bytes moved at a time */
    size_t from_client; /* bytes of ciphertext so far */
    size_t from_server;
};

/* resumed: a session to resume, or NULL. */
void client_init(struct client *client, struct stellar__tls_session *session,
                 const br_ssl_session_parameters *resumed);

/* Moves ciphertext in both directions until there is none. */
void client_pump(struct client *client);
/* Move only the client's output, or only the server's. */
bool client_pump_out(struct client *client);
bool client_pump_in(struct client *client);

/* Writes all of it and moves ciphertext. The session's plaintext is compared with
 * it. */
void client_send(struct client *client, const char *bytes, size_t length);
/* Makes the session write all of it and moves ciphertext. The client's plaintext is
 * compared with it. */
void client_receive(struct client *client, const char *bytes, size_t length);

/* Returns a context for a certificate and key in data/, which must be valid. */
struct stellar__tls_context *context_of(struct purse *purse, const char *certificate,
                                        const char *key);

#endif
