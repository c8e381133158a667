#include "tls_client.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct stellar__bench_tls {
    const struct stellar__bench_trust *trust;
    br_ssl_client_context client;
    br_x509_minimal_context validator;
    struct stellar__bench_stranger stranger;
    br_ssl_session_parameters offered; /* if there was none, its id has length 0 */
    unsigned char buffer[BR_SSL_BUFSIZE_BIDI];
};

/* In stellard's order, so that servers choose AES-128-GCM. */
static const uint16_t suites[] = {
    BR_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    BR_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    BR_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    BR_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    BR_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    BR_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
};


/* If every certificate is accepted, a signature that shows that the server has its key
 * proves nothing. Without the check, the load program works less than the server. */
static uint32_t believe(const br_ec_impl *curves, const void *hash, size_t hash_length,
                        const br_ec_public_key *key, const void *signature,
                        size_t signature_length)
{
    (void)curves;
    (void)hash;
    (void)hash_length;
    (void)key;
    (void)signature;
    (void)signature_length;
    return 1;
}


static void set_hashes(br_ssl_engine_context *engine)
{
    br_ssl_engine_set_hash(engine, br_sha1_ID, &br_sha1_vtable);
    br_ssl_engine_set_hash(engine, br_sha256_ID, &br_sha256_vtable);
    br_ssl_engine_set_hash(engine, br_sha384_ID, &br_sha384_vtable);
    br_ssl_engine_set_hash(engine, br_sha512_ID, &br_sha512_vtable);
    br_ssl_engine_set_prf_sha256(engine, br_tls12_sha256_prf);
    br_ssl_engine_set_prf_sha384(engine, br_tls12_sha384_prf);
}


static void set_trust(struct stellar__bench_tls *tls)
{
    br_ssl_engine_context *engine = &tls->client.eng;
    br_x509_minimal_context *validator = &tls->validator;

    if (tls->trust->count == 0) {
        stellar__bench_stranger_init(&tls->stranger);
        br_ssl_engine_set_x509(engine, &tls->stranger.vtable);
        br_ssl_engine_set_ecdsa(engine, believe);
        return;
    }
    br_ssl_engine_set_default_ecdsa(engine);
    br_x509_minimal_init(validator, &br_sha256_vtable, tls->trust->anchors,
                         tls->trust->count);
    br_x509_minimal_set_rsa(validator, br_ssl_engine_get_rsavrfy(engine));
    br_x509_minimal_set_ecdsa(validator, br_ssl_engine_get_ec(engine),
                              br_ssl_engine_get_ecdsa(engine));
    br_x509_minimal_set_hash(validator, br_sha256_ID, &br_sha256_vtable);
    br_x509_minimal_set_hash(validator, br_sha384_ID, &br_sha384_vtable);
    br_x509_minimal_set_hash(validator, br_sha512_ID, &br_sha512_vtable);
    br_ssl_engine_set_x509(engine, &validator->vtable);
}


struct stellar__bench_tls *stellar__bench_tls_new(
    const struct stellar__bench_trust *trust)
{
    struct stellar__bench_tls *tls = malloc(sizeof *tls);
    br_ssl_engine_context *engine;

    if (tls == NULL) {
        return NULL;
    }
    tls->trust = trust;
    engine = &tls->client.eng;
    br_ssl_client_zero(&tls->client);
    br_ssl_engine_set_versions(engine, BR_TLS12, BR_TLS12);
    br_ssl_engine_set_suites(engine, suites, sizeof suites / sizeof suites[0]);
    br_ssl_engine_set_all_flags(engine, BR_OPT_NO_RENEGOTIATION);
    set_hashes(engine);
    br_ssl_engine_set_default_aes_gcm(engine);
    br_ssl_engine_set_default_chapol(engine);
    br_ssl_engine_set_default_ec(engine);
    br_ssl_engine_set_default_rsavrfy(engine);
    set_trust(tls);
    br_ssl_engine_set_buffer(engine, tls->buffer, sizeof tls->buffer, 1);
    return tls;
}


void stellar__bench_tls_release(struct stellar__bench_tls *tls)
{
    free(tls);
}


bool stellar__bench_tls_begin(struct stellar__bench_tls *tls,
                              const struct stellar__bench_tls_session *session)
{
    bool resume = session != NULL && session->parameters.session_id_len > 0;

    tls->offered.session_id_len = 0;
    if (resume) {
        tls->offered = session->parameters;
        br_ssl_engine_set_session_parameters(&tls->client.eng, &tls->offered);
    }
    return br_ssl_client_reset(&tls->client, tls->trust->name, resume) == 1;
}


bool stellar__bench_tls_established(const struct stellar__bench_tls *tls)
{
    return (br_ssl_engine_current_state(&tls->client.eng) & BR_SSL_SENDAPP) != 0;
}


void stellar__bench_tls_agreed(const struct stellar__bench_tls *tls,
                               struct stellar__bench_tls_session *session)
{
    br_ssl_engine_get_session_parameters(&tls->client.eng, &session->parameters);
}


/* A server that resumes a session repeats its id. */
bool stellar__bench_tls_resumed(const struct stellar__bench_tls *tls)
{
    br_ssl_session_parameters agreed;

    br_ssl_engine_get_session_parameters(&tls->client.eng, &agreed);
    return tls->offered.session_id_len > 0 &&
           agreed.session_id_len == tls->offered.session_id_len &&
           memcmp(agreed.session_id, tls->offered.session_id, agreed.session_id_len) ==
               0;
}


static int ended(const struct stellar__bench_tls *tls)
{
    int error = br_ssl_engine_last_error(&tls->client.eng);

    return error == BR_ERR_OK ? ENODATA : -error;
}


static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}


static int send_records(br_ssl_engine_context *engine, int fd, uint64_t *bytes)
{
    unsigned char *record;
    size_t length;
    ssize_t sent;

    while ((record = br_ssl_engine_sendrec_buf(engine, &length)) != NULL) {
        sent = send(fd, record, length, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR) {
            return errno;
        }
        if (sent > 0) {
            *bytes += (uint64_t)sent;
            br_ssl_engine_sendrec_ack(engine, (size_t)sent);
        }
    }
    return 0;
}


int stellar__bench_tls_push(struct stellar__bench_tls *tls, int fd,
                            struct stellar__bench_tls_text *text, uint64_t *bytes)
{
    br_ssl_engine_context *engine = &tls->client.eng;
    unsigned char *to;
    size_t length;
    int error;

    for (;;) {
        error = send_records(engine, fd, bytes);
        if (error != 0) {
            return error;
        }
        if ((br_ssl_engine_current_state(engine) & BR_SSL_CLOSED) != 0) {
            return ended(tls);
        }
        to = text->length > 0 ? br_ssl_engine_sendapp_buf(engine, &length) : NULL;
        if (to == NULL) {
            return 0;
        }
        length = least(length, text->length);
        memcpy(to, text->data, length);
        text->data += length;
        text->length -= length;
        br_ssl_engine_sendapp_ack(engine, length);
        br_ssl_engine_flush(engine, 0);
    }
}


/* Copies the text that is ready. Returns false if it does not fit. */
static bool give_text(br_ssl_engine_context *engine, char *text, size_t room,
                      size_t *text_length)
{
    unsigned char *from;
    size_t length;

    while ((from = br_ssl_engine_recvapp_buf(engine, &length)) != NULL) {
        if (length > room - *text_length) {
            return false;
        }
        memcpy(text + *text_length, from, length);
        *text_length += length;
        br_ssl_engine_recvapp_ack(engine, length);
    }
    return true;
}


int stellar__bench_tls_feed(struct stellar__bench_tls *tls, int fd,
                            const unsigned char *cipher, size_t length, char *text,
                            size_t room, size_t *text_length, uint64_t *bytes)
{
    br_ssl_engine_context *engine = &tls->client.eng;
    unsigned char *to;
    size_t size;
    int error;

    *text_length = 0;
    while (length > 0) {
        if ((br_ssl_engine_current_state(engine) & BR_SSL_CLOSED) != 0) {
            return ended(tls);
        }
        to = br_ssl_engine_recvrec_buf(engine, &size);
        if (to == NULL) {
            /* The engine must send before it can receive: a flight of the handshake,
             * for which the socket has room. */
            error = send_records(engine, fd, bytes);
            if (error != 0 || br_ssl_engine_recvrec_buf(engine, &size) == NULL) {
                return error != 0 ? error : EPROTO;
            }
            continue;
        }
        size = least(size, length);
        memcpy(to, cipher, size);
        br_ssl_engine_recvrec_ack(engine, size);
        cipher += size;
        length -= size;
        if (!give_text(engine, text, room, text_length)) {
            return EPROTO;
        }
    }
    error = send_records(engine, fd, bytes);
    if (error != 0 && error != EAGAIN) {
        return error;
    }
    return (br_ssl_engine_current_state(engine) & BR_SSL_CLOSED) != 0 ? ended(tls) : 0;
}


void stellar__bench_tls_close(struct stellar__bench_tls *tls, int fd)
{
    uint64_t bytes = 0;

    br_ssl_engine_close(&tls->client.eng);
    send_records(&tls->client.eng, fd, &bytes);
}
