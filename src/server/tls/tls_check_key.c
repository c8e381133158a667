/*
 * Checks whether a key belongs to a certificate.
 *
 * IMPLEMENTATION NOTES. For an EC key, the public key is computed and compared. For an
 * RSA key, the product of its primes must be the certificate's modulus. It is computed
 * here, because BearSSL 0.6 has a function for it that fails at 4094 bits and more.
 *
 * RSA keys contain more numbers, which follow from the primes but are stored, and
 * signing uses them. If one of them is damaged, a single signature reveals the key to
 * everybody (Boneh, DeMillo and Lipton, 1997). So the key must first sign something
 * here.
 */
#include <string.h>

#include "tls_internal.h"

enum fit {
    DIFFERS, /* it is the key of another certificate */
    FITS,
    DAMAGED /* there is nothing to compare, or it fits but does not work */
};


/* Writes the product of the primes, most significant byte first. It is as long as both
 * of them together. */
static void multiply(const br_rsa_private_key *key, unsigned char *product)
{
    size_t i;
    size_t j;

    memset(product, 0, key->plen + key->qlen);
    for (i = key->plen; i-- > 0;) {
        unsigned carry = 0;

        for (j = key->qlen; j-- > 0;) {
            carry += product[i + j + 1] + (unsigned)key->p[i] * key->q[j];
            product[i + j + 1] = (unsigned char)carry;
            carry >>= 8;
        }
        product[i] = (unsigned char)carry;
    }
}


static void skip_zeros(const unsigned char **number, size_t *length)
{
    while (*length > 0 && **number == 0) {
        (*number)++;
        (*length)--;
    }
}


unsigned stellar__tls_rsa_bits(const br_rsa_public_key *key)
{
    const unsigned char *n = key->n;
    size_t length = key->nlen;
    unsigned bits;
    unsigned first;

    skip_zeros(&n, &length);
    if (length == 0) {
        return 0;
    }
    bits = (unsigned)(length - 1) * 8;
    for (first = *n; first > 0; first >>= 1) {
        bits++;
    }
    return bits;
}


bool stellar__tls_can_verify(const br_x509_pkey *key)
{
    if (key->key_type == BR_KEYTYPE_RSA) {
        return stellar__tls_rsa_bits(&key->key.rsa) <= STELLAR__TLS_RSA_BITS_MAX;
    }
    return key->key.ec.qlen > 0 && key->key.ec.q[0] == 4;
}


static bool signs(const br_rsa_private_key *key, const br_rsa_public_key *public_key)
{
    static const unsigned char hash[br_sha256_SIZE];
    unsigned char found[sizeof hash];
    unsigned char signature[STELLAR__TLS_RSA_BITS_MAX / 8];

    return br_rsa_pkcs1_sign_get_default()(BR_HASH_OID_SHA256, hash, sizeof hash, key,
                                           signature) != 0 &&
           br_rsa_pkcs1_vrfy_get_default()(signature, (key->n_bitlen + 7) / 8,
                                           BR_HASH_OID_SHA256, sizeof hash, public_key,
                                           found) != 0 &&
           memcmp(found, hash, sizeof hash) == 0;
}


static enum fit fit_rsa(const br_rsa_private_key *key,
                        const br_rsa_public_key *public_key)
{
    unsigned char product[STELLAR__TLS_RSA_BITS_MAX / 8 + 2];
    const unsigned char *computed = product;
    size_t length = key->plen + key->qlen;
    const unsigned char *n = public_key->n;
    size_t n_length = public_key->nlen;

    if (length > sizeof product) {
        return DAMAGED; /* such primes have a longer modulus than the key says */
    }
    multiply(key, product);
    skip_zeros(&computed, &length);
    skip_zeros(&n, &n_length);
    if (length == 0) {
        return DAMAGED; /* it has only a modulus; some programs write such keys */
    }
    if (length != n_length || memcmp(computed, n, length) != 0) {
        return DIFFERS;
    }
    return key->n_bitlen == stellar__tls_rsa_bits(public_key) && signs(key, public_key)
               ? FITS
               : DAMAGED;
}


/* BearSSL would accept any number as a private key, and compute something. */
static bool is_ec_key(const br_ec_private_key *key)
{
    const unsigned char *x = key->x;
    size_t length = key->xlen;
    size_t order_length;
    const unsigned char *order = br_ec_get_default()->order(key->curve, &order_length);

    skip_zeros(&x, &length);
    return length > 0 && length <= order_length &&
           (length < order_length || memcmp(x, order, length) < 0);
}


/* Returns whether a point is the one that is given in full. The lowest bit of the
 * second coordinate may be in its first byte, instead of this coordinate or in addition
 * to it (X9.62). */
static bool is_point(const br_ec_public_key *point, const br_ec_public_key *full)
{
    size_t half = full->qlen / 2; /* a coordinate; one more byte is the form */
    unsigned odd = full->q[full->qlen - 1] & 1;

    if (point->qlen == 1 + half) {
        return point->q[0] == (2 | odd) && memcmp(point->q + 1, full->q + 1, half) == 0;
    }
    return point->qlen == full->qlen &&
           (point->q[0] == 4 || point->q[0] == (6 | odd)) &&
           memcmp(point->q + 1, full->q + 1, full->qlen - 1) == 0;
}


static enum fit fit_ec(const br_ec_private_key *key, const br_ec_public_key *public_key)
{
    unsigned char buffer[BR_EC_KBUF_PUB_MAX_SIZE];
    br_ec_public_key computed;

    if (key->curve != public_key->curve) {
        return DIFFERS;
    }
    if (!is_ec_key(key) ||
        br_ec_compute_pub(br_ec_get_default(), &computed, buffer, key) == 0) {
        return DAMAGED;
    }
    return is_point(public_key, &computed) ? FITS : DIFFERS;
}


/* Compares the key with a certificate that can be decoded. */
static enum fit fit(const struct stellar__tls_context *context, size_t i)
{
    const br_skey_decoder_context *key = &context->key;
    const br_x509_certificate *encoded = &context->chain.list[i];
    br_x509_decoder_context certificate;
    const br_x509_pkey *public_key;

    br_x509_decoder_init(&certificate, NULL, NULL);
    br_x509_decoder_push(&certificate, encoded->data, encoded->data_len);
    public_key = br_x509_decoder_get_pkey(&certificate);
    if (public_key->key_type != br_skey_decoder_key_type(key)) {
        return DIFFERS;
    }
    return public_key->key_type == BR_KEYTYPE_RSA
               ? fit_rsa(br_skey_decoder_get_rsa(key), &public_key->key.rsa)
               : fit_ec(br_skey_decoder_get_ec(key), &public_key->key.ec);
}


int stellar__tls_check_key(const struct stellar__tls_loading *loading)
{
    const struct stellar__tls_context *context = loading->context;
    size_t i;

    for (i = 0; i < context->chain.length; i++) {
        switch (fit(context, i)) {
        case DIFFERS:
            break;
        case DAMAGED:
            return stellar__tls_refuse(loading, loading->key_file,
                                       "the key is damaged");
        case FITS:
            if (i == 0) {
                return 0;
            }
            return stellar__tls_refuse(
                loading, loading->certificate_file,
                "the chain is in the wrong order: the key belongs to "
                "certificate %zu, which must come first",
                i + 1);
        }
    }
    return stellar__tls_refuse(loading, loading->key_file,
                               "the key does not fit the certificate in %s",
                               loading->certificate_file);
}
