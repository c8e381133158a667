/*
 * Whom a TLS client believes: everybody, which is what a load program needs, or what
 * the certificates of a file vouch for. Shared by all threads and only read by them.
 */
#ifndef STELLAR_BENCH_TLS_TRUST_H
#define STELLAR_BENCH_TLS_TRUST_H

#include <bearssl.h>
#include <stdbool.h>
#include <stddef.h>

#define STELLAR__BENCH_ANCHORS 64

struct stellar__bench_trust {
    size_t count; /* of anchors; 0: everybody is believed */
    br_x509_trust_anchor anchors[STELLAR__BENCH_ANCHORS];
    const char *name;      /* of the server in its certificate */
    unsigned char *memory; /* what the anchors point into */
};

/* Reads the file; path may be NULL. False after telling why. */
bool stellar__bench_trust_load(struct stellar__bench_trust *trust, const char *path,
                               const char *name);
void stellar__bench_trust_release(struct stellar__bench_trust *trust);

/* The state of a client that believes everybody: it only takes the key out of the
 * server's certificate. */
struct stellar__bench_stranger {
    const br_x509_class *vtable;
    br_x509_decoder_context decoder;
    unsigned certificates; /* of the chain that have begun */
};

void stellar__bench_stranger_init(struct stellar__bench_stranger *stranger);

#endif
