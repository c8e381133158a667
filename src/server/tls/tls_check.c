/*
 * Judging whether clients will accept a certificate chain and its key.
 *
 * IMPLEMENTATION NOTES. BearSSL sends whatever it is given: a chain in the wrong order
 * or a key of another certificate would be noticed by the clients only. So both are
 * checked here, and whoever started the server is told.
 *
 * Whether one certificate was issued by another is asked of BearSSL's validator: the
 * one is validated as a chain of its own with the other as the only trust anchor, at a
 * time when it was valid. "Not trusted" is a definite no: the name or the signature
 * does not fit. Its other errors (an algorithm or an extension that it does not know)
 * mean that it cannot tell, and then the operator is believed.
 *
 * Certificates are numbered from 1 in texts, from 0 in the code. The decoder has no
 * functions that give the dates of validity; they are read from its fields.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "tls_internal.h"

enum {
    NAME_MAX_LENGTH = 4096,  /* bytes of a subject's encoded name */
    DAYS_UNTIL_1970 = 719528 /* BearSSL counts from the year 0 */
};

struct certificate {
    br_x509_decoder_context decoder;
    unsigned char name[NAME_MAX_LENGTH];
    size_t name_length;
};


static void append_name(void *data, const void *bytes, size_t length)
{
    struct certificate *certificate = data;

    /* A longer name is cut, and then fits no issuer. */
    if (length > sizeof certificate->name - certificate->name_length)
        length = sizeof certificate->name - certificate->name_length;
    memcpy(certificate->name + certificate->name_length, bytes, length);
    certificate->name_length += length;
}


/* Returns 0 or a BearSSL error. */
static int decode(struct certificate *certificate, const br_x509_certificate *encoded)
{
    certificate->name_length = 0;
    br_x509_decoder_init(&certificate->decoder, append_name, certificate);
    br_x509_decoder_push(&certificate->decoder, encoded->data, encoded->data_len);
    return br_x509_decoder_last_error(&certificate->decoder);
}


static int check_readable(const struct stellar__tls_loading *loading)
{
    const struct stellar__tls_context *context = loading->context;
    struct certificate certificate;
    size_t i;

    for (i = 0; i < context->chain.length; i++) {
        switch (decode(&certificate, &context->chain.list[i])) {
        case 0:
            break;
        case BR_ERR_X509_UNSUPPORTED:
        case BR_ERR_X509_LIMIT_EXCEEDED:
            return stellar__tls_refuse(
                loading, loading->certificate_file,
                "the key of certificate %zu is of a kind that cannot be "
                "used; " STELLAR__TLS_KEYS_SUPPORTED,
                i + 1);
        default:
            return stellar__tls_refuse(loading, loading->certificate_file,
                                       "certificate %zu is damaged", i + 1);
        }
    }
    return 0;
}


static bool rsa_fits(const br_rsa_private_key *key, const br_rsa_public_key *public_key)
{
    unsigned char modulus[BR_X509_BUFSIZE_SIG];
    br_rsa_compute_modulus compute = br_rsa_compute_modulus_get_default();
    const unsigned char *n = public_key->n;
    size_t length = public_key->nlen;

    while (length > 0 && *n == 0) {
        n++;
        length--;
    }
    return compute(NULL, key) == length && length <= sizeof modulus &&
           compute(modulus, key) == length && memcmp(modulus, n, length) == 0;
}


static bool ec_fits(const br_ec_private_key *key, const br_ec_public_key *public_key)
{
    unsigned char buffer[BR_EC_KBUF_PUB_MAX_SIZE];
    br_ec_public_key computed;

    return key->curve == public_key->curve &&
           br_ec_compute_pub(br_ec_get_default(), &computed, buffer, key) != 0 &&
           computed.qlen == public_key->qlen &&
           memcmp(computed.q, public_key->q, computed.qlen) == 0;
}


/* Whether the key is that of a certificate. */
static bool key_fits(const struct stellar__tls_context *context, size_t i)
{
    const br_skey_decoder_context *key = &context->key;
    struct certificate certificate;
    const br_x509_pkey *public_key;

    if (decode(&certificate, &context->chain.list[i]) != 0)
        return false;
    public_key = br_x509_decoder_get_pkey(&certificate.decoder);
    if (public_key->key_type != br_skey_decoder_key_type(key))
        return false;
    return public_key->key_type == BR_KEYTYPE_RSA
               ? rsa_fits(br_skey_decoder_get_rsa(key), &public_key->key.rsa)
               : ec_fits(br_skey_decoder_get_ec(key), &public_key->key.ec);
}


static int check_key(const struct stellar__tls_loading *loading)
{
    const struct stellar__tls_context *context = loading->context;
    size_t i;

    if (key_fits(context, 0))
        return 0;
    for (i = 1; i < context->chain.length; i++)
        if (key_fits(context, i))
            return stellar__tls_refuse(
                loading, loading->certificate_file,
                "the chain is in the wrong order: the key belongs to "
                "certificate %zu, which must come first",
                i + 1);
    return stellar__tls_refuse(loading, loading->key_file,
                               "the key does not fit the certificate in %s",
                               loading->certificate_file);
}


/* The validator's answer to "was i issued by j": 0, NOT_TRUSTED, or why it cannot tell.
 */
static unsigned issued_by(const struct stellar__tls_context *context, size_t i,
                          size_t j)
{
    const br_x509_certificate *encoded = &context->chain.list[i];
    struct certificate subject;
    struct certificate issuer;
    br_x509_trust_anchor anchor;
    br_x509_minimal_context validator;
    const br_x509_class **class = &validator.vtable;

    decode(&subject, encoded);
    decode(&issuer, &context->chain.list[j]);
    anchor.dn.data = issuer.name;
    anchor.dn.len = issuer.name_length;
    anchor.flags = BR_X509_TA_CA;
    anchor.pkey = *br_x509_decoder_get_pkey(&issuer.decoder);
    br_x509_minimal_init_full(&validator, &anchor, 1);
    br_x509_minimal_set_time(&validator, subject.decoder.notbefore_days,
                             subject.decoder.notbefore_seconds);
    (*class)->start_chain(class, NULL);
    (*class)->start_cert(class, (uint32_t)encoded->data_len);
    (*class)->append(class, encoded->data, encoded->data_len);
    (*class)->end_cert(class);
    return (*class)->end_chain(class);
}


static int check_order(const struct stellar__tls_loading *loading)
{
    const struct stellar__tls_context *context = loading->context;
    size_t i;
    size_t j;

    for (i = 0; i + 1 < context->chain.length; i++) {
        if (issued_by(context, i, i + 1) != BR_ERR_X509_NOT_TRUSTED)
            continue;
        for (j = 0; j < context->chain.length; j++)
            if (j != i && issued_by(context, i, j) == 0)
                return stellar__tls_refuse(
                    loading, loading->certificate_file,
                    "the chain is in the wrong order: certificate %zu was "
                    "issued by certificate %zu, which must follow it",
                    i + 1, j + 1);
        return stellar__tls_refuse(loading, loading->certificate_file,
                                   "certificate %zu was not issued by the one after it",
                                   i + 1);
    }
    return 0;
}


static void check_time(const struct stellar__tls_loading *loading)
{
    struct stellar__tls_context *context = loading->context;
    time_t now = time(NULL);
    uint32_t day = (uint32_t)(now / 86400 + DAYS_UNTIL_1970);
    uint32_t second = (uint32_t)(now % 86400);
    struct certificate certificate;
    size_t i;

    for (i = 0; i < context->chain.length && context->warning[0] == '\0'; i++) {
        const br_x509_decoder_context *decoder = &certificate.decoder;
        const char *trouble = NULL;

        decode(&certificate, &context->chain.list[i]);
        if (decoder->notbefore_days > day ||
            (decoder->notbefore_days == day && decoder->notbefore_seconds > second))
            trouble = "is not valid yet";
        else if (decoder->notafter_days < day ||
                 (decoder->notafter_days == day && decoder->notafter_seconds < second))
            trouble = "has expired";
        if (trouble)
            snprintf(context->warning, sizeof context->warning,
                     "%s: certificate %zu %s", loading->certificate_file, i + 1,
                     trouble);
    }
}


int stellar__tls_check(const struct stellar__tls_loading *loading)
{
    int status = check_readable(loading);

    if (status == 0)
        status = check_key(loading);
    if (status == 0)
        status = check_order(loading);
    if (status == 0)
        check_time(loading);
    return status;
}
