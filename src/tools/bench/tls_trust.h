/*
 * Which servers a TLS client trusts: all of them, which is good enough for a load
 * program, or those with a certificate that a file's authorities have issued. All
 * threads share this, and only read it.
 */
#ifndef STELLAR_BENCH_TLS_TRUST_H
#define STELLAR_BENCH_TLS_TRUST_H

#include <bearssl.h>
#include <stdbool.h>
#include <stddef.h>

#define STELLAR__BENCH_ANCHORS 64

struct stellar__bench_trust {
    size_t count; /* number of anchors; 0: every server is trusted */
    br_x509_trust_anchor anchors[STELLAR__BENCH_ANCHORS];
    const char *name;      /* the server's name in its certificate */
    unsigned char *memory; /* the anchors point into it */
};

/* Reads the file; path may be NULL. On failure prints why and returns false. */
bool stellar__bench_trust_load(struct stellar__bench_trust *trust, const char *path,
                               const char *name);
void stellar__bench_trust_release(struct stellar__bench_trust *trust);

/* The state of a client that trusts every server: it only reads the key in the server's
 * certificate. */
struct stellar__bench_stranger {
    const br_x509_class *vtable;
    br_x509_decoder_context decoder;
    unsigned certificates; /* number of certificates of the chain that have begun */
};

void stellar__bench_stranger_init(struct stellar__bench_stranger *stranger);

#endif
