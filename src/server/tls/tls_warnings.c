/*
 * Warnings about a chain that can be used.
 *
 * IMPLEMENTATION NOTES. Certificates are numbered from 1 in texts, from 0 in the code.
 * BearSSL's decoder has no functions for the dates of validity, so they are read from
 * its fields.
 */
#include <stdio.h>
#include <time.h>

#include "tls_internal.h"

enum { DAYS_UNTIL_1970 = 719528 }; /* BearSSL counts from the year 0 */


/* Returns whether the first of two times is earlier. */
static bool precedes(uint32_t day, uint32_t second, uint32_t other_day,
                     uint32_t other_second)
{
    return day < other_day || (day == other_day && second < other_second);
}


/* Returns "has expired" or "is not valid yet", or NULL if neither is true. */
static const char *find_time_fault(const br_x509_decoder_context *certificate,
                                   time_t now)
{
    uint32_t day = (uint32_t)(now / 86400 + DAYS_UNTIL_1970);
    uint32_t second = (uint32_t)(now % 86400);

    if (precedes(day, second, certificate->notbefore_days,
                 certificate->notbefore_seconds)) {
        return "is not valid yet";
    }
    if (precedes(certificate->notafter_days, certificate->notafter_seconds, day,
                 second)) {
        return "has expired";
    }
    return NULL;
}


/* Returns the bits of an RSA key that is too short for clients, or 0. */
static unsigned find_weak_key(const br_x509_pkey *key)
{
    unsigned bits;

    if (key->key_type != BR_KEYTYPE_RSA) {
        return 0;
    }
    bits = stellar__tls_rsa_bits(&key->key.rsa);
    return bits < STELLAR__TLS_RSA_BITS_MIN ? bits : 0;
}


void stellar__tls_context_warn(const struct stellar__tls_context *context,
                               void (*tell)(void *data, const char *text), void *data)
{
    time_t now = time(NULL);
    char text[128];
    size_t i;

    for (i = 0; i < context->chain.length; i++) {
        const br_x509_certificate *encoded = &context->chain.list[i];
        br_x509_decoder_context certificate;
        const char *fault;
        unsigned bits;

        br_x509_decoder_init(&certificate, NULL, NULL);
        br_x509_decoder_push(&certificate, encoded->data, encoded->data_len);
        fault = find_time_fault(&certificate, now);
        if (fault) {
            snprintf(text, sizeof text, "certificate %zu %s", i + 1, fault);
            tell(data, text);
        }
        bits = find_weak_key(br_x509_decoder_get_pkey(&certificate));
        if (bits > 0) {
            snprintf(text, sizeof text,
                     "the RSA key of certificate %zu has %u bits; many clients refuse "
                     "fewer than %d",
                     i + 1, bits, STELLAR__TLS_RSA_BITS_MIN);
            tell(data, text);
        }
    }
}
