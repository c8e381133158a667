/*
 * The versions and algorithms of TLS that we use.
 *
 * We use TLS 1.2, and only the parts that are considered secure today: an ephemeral key
 * exchange and an AEAD cipher. AES-GCM comes before ChaCha20, because processors
 * support it; the server enforces this order. Without the CBC suites, neither SHA-1 nor
 * MAC-then-encrypt is needed.
 *
 * The implementations are BearSSL's defaults: all run in constant time, and the default
 * is the fastest on this processor (AES-NI, PCLMUL, SSE2, 64-bit multiplication), which
 * is detected at run time.
 */
#include "tls_internal.h"

static const uint16_t suites[] = {
    BR_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    BR_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    BR_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    BR_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    BR_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    BR_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
};


static void set_algorithms(br_ssl_engine_context *engine)
{
    br_ssl_engine_set_hash(engine, br_sha256_ID, &br_sha256_vtable);
    br_ssl_engine_set_hash(engine, br_sha384_ID, &br_sha384_vtable);
    br_ssl_engine_set_hash(engine, br_sha512_ID, &br_sha512_vtable);
    br_ssl_engine_set_prf_sha256(engine, br_tls12_sha256_prf);
    br_ssl_engine_set_prf_sha384(engine, br_tls12_sha384_prf);
    br_ssl_engine_set_default_aes_gcm(engine);
    br_ssl_engine_set_default_chapol(engine);
    br_ssl_engine_set_default_ec(engine);
}


/* A resumed session skips the client's certificate: BearSSL's cache does not keep the
 * client's identity, and a certificate that has expired since would still be accepted.
 * So if certificates are wanted, no session is resumed.
 *
 * Without a function to verify signatures, the engine would refuse every client. */
static void ask_for_certificate(br_ssl_server_context *server,
                                const struct stellar__tls_context *context)
{
    br_ssl_engine_context *engine = &server->eng;

    br_ssl_engine_set_default_rsavrfy(engine);
    br_ssl_engine_set_default_ecdsa(engine);
    br_ssl_server_set_trust_anchor_names_alt(server, context->authorities.anchors,
                                             context->authorities.count);
    if (context->client_is_optional) {
        br_ssl_engine_add_flags(engine, BR_OPT_TOLERATE_NO_CLIENT_AUTH);
    }
}


void stellar__tls_policy_apply(br_ssl_server_context *server,
                               struct stellar__tls_context *context)
{
    br_ssl_engine_context *engine = &server->eng;

    br_ssl_server_zero(server);
    br_ssl_engine_set_versions(engine, BR_TLS12, BR_TLS12);
    br_ssl_engine_set_suites(engine, suites, sizeof suites / sizeof suites[0]);
    br_ssl_engine_set_all_flags(engine, BR_OPT_ENFORCE_SERVER_PREFERENCES |
                                            BR_OPT_NO_RENEGOTIATION);
    set_algorithms(engine);

    if (br_skey_decoder_key_type(&context->key) == BR_KEYTYPE_RSA) {
        br_ssl_server_set_single_rsa(server, context->chain.list, context->chain.length,
                                     br_skey_decoder_get_rsa(&context->key),
                                     BR_KEYTYPE_SIGN, br_rsa_private_get_default(),
                                     br_rsa_pkcs1_sign_get_default());
    } else {
        /* The issuer's key type only matters for static ECDH, which we do not use. */
        br_ssl_server_set_single_ec(
            server, context->chain.list, context->chain.length,
            br_skey_decoder_get_ec(&context->key), BR_KEYTYPE_SIGN, BR_KEYTYPE_EC,
            br_ssl_engine_get_ec(engine), br_ecdsa_sign_asn1_get_default());
    }
    if (context->authorities.count > 0) {
        ask_for_certificate(server, context);
    } else {
        br_ssl_server_set_cache(server, &context->cache.class);
    }
}
