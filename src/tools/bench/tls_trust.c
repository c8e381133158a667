#include "tls_trust.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "default_memory.h"
#include "options.h"
#include "tell.h"
#include "tls_internal.h"

/* Certificates, and the names and keys copied from them, follow each other in one block
 * of memory. */
struct loading {
    struct stellar__bench_trust *trust;
    size_t used;
    size_t begun; /* the beginning of the certificate that is being read */
    const char *wrong;
};


static bool begin_block(void *data, const char *name)
{
    struct loading *loading = data;

    loading->begun = loading->used;
    return strcmp(name, "CERTIFICATE") == 0 || strcmp(name, "X509 CERTIFICATE") == 0;
}


static void append(void *data, const void *bytes, size_t length)
{
    struct loading *loading = data;

    memcpy(loading->trust->memory + loading->used, bytes, length);
    loading->used += length;
}


static const unsigned char *keep(struct loading *loading, const void *bytes,
                                 size_t length)
{
    append(loading, bytes, length);
    return loading->trust->memory + loading->used - length;
}


static void keep_key(struct loading *loading, br_x509_pkey *key)
{
    if (key->key_type == BR_KEYTYPE_RSA) {
        key->key.rsa.n =
            (unsigned char *)keep(loading, key->key.rsa.n, key->key.rsa.nlen);
        key->key.rsa.e =
            (unsigned char *)keep(loading, key->key.rsa.e, key->key.rsa.elen);
    } else {
        key->key.ec.q = (unsigned char *)keep(loading, key->key.ec.q, key->key.ec.qlen);
    }
}


/* The name and the key are written after the certificate. */
static void end_block(void *data)
{
    struct loading *loading = data;
    struct stellar__bench_trust *trust = loading->trust;
    br_x509_trust_anchor *anchor;
    br_x509_decoder_context decoder;
    size_t name = loading->used;

    if (trust->count == STELLAR__BENCH_ANCHORS) {
        loading->wrong = "holds too many certificates";
        return;
    }
    anchor = &trust->anchors[trust->count++];
    br_x509_decoder_init(&decoder, append, loading);
    br_x509_decoder_push(&decoder, trust->memory + loading->begun,
                         name - loading->begun);
    if (br_x509_decoder_get_pkey(&decoder) == NULL) {
        loading->wrong = "holds a certificate that cannot be read";
        return;
    }
    anchor->dn.data = trust->memory + name;
    anchor->dn.len = loading->used - name;
    anchor->flags = br_x509_decoder_isCA(&decoder) ? BR_X509_TA_CA : 0;
    anchor->pkey = *br_x509_decoder_get_pkey(&decoder);
    keep_key(loading, &anchor->pkey);
}


bool stellar__bench_trust_load(struct stellar__bench_trust *trust, const char *path,
                               const char *name)
{
    struct stellar__text_file file;
    struct loading loading = {trust, 0, 0, NULL};
    const struct stellar__tls_pem_reader reader = {begin_block, append, end_block,
                                                   &loading};
    char error[512];
    const char *wrong;

    memset(trust, 0, sizeof *trust);
    trust->name = name;
    if (path == NULL) {
        return true;
    }
    if (stellar__tls_file_read(&file, &stellar__default_memory, path, error,
                               sizeof error) != 0) {
        stellar__bench_tell("--tls-ca: %s", error);
        return false;
    }
    /* Base64 is 4/3 of the bytes that it encodes, and name and key are parts of these.
     * So three times the text is enough for all. */
    trust->memory = malloc(3 * file.length + 1);
    wrong =
        trust->memory == NULL ? strerror(errno) : stellar__tls_pem_read(&file, &reader);
    if (wrong == NULL) {
        wrong = loading.wrong;
    }
    if (wrong == NULL && trust->count == 0) {
        wrong = "holds no certificate";
    }
    stellar__text_file_release(&file, &stellar__default_memory);
    if (wrong != NULL) {
        stellar__bench_tell("--tls-ca: %s: %s", path, wrong);
    }
    return wrong == NULL;
}


void stellar__bench_trust_release(struct stellar__bench_trust *trust)
{
    free(trust->memory);
    trust->memory = NULL;
}


static void start_chain(const br_x509_class **context, const char *name)
{
    struct stellar__bench_stranger *stranger = (void *)context;

    (void)name;
    stranger->certificates = 0;
    br_x509_decoder_init(&stranger->decoder, NULL, NULL);
}


static void start_certificate(const br_x509_class **context, uint32_t length)
{
    struct stellar__bench_stranger *stranger = (void *)context;

    (void)length;
    stranger->certificates++;
}


static void append_certificate(const br_x509_class **context,
                               const unsigned char *bytes, size_t length)
{
    struct stellar__bench_stranger *stranger = (void *)context;

    if (stranger->certificates == 1) {
        br_x509_decoder_push(&stranger->decoder, bytes, length);
    }
}


static void end_certificate(const br_x509_class **context)
{
    (void)context;
}


static unsigned end_chain(const br_x509_class **context)
{
    struct stellar__bench_stranger *stranger = (void *)context;
    int error = br_x509_decoder_last_error(&stranger->decoder);

    if (stranger->certificates == 0) {
        return BR_ERR_X509_EMPTY_CHAIN;
    }
    return error != 0 ? (unsigned)error : 0;
}


static const br_x509_pkey *get_key(const br_x509_class *const *context,
                                   unsigned *usages)
{
    /* The decoder's getter takes a pointer that is not const, but changes nothing. */
    struct stellar__bench_stranger *stranger = (void *)context;

    if (usages != NULL) {
        *usages = BR_KEYTYPE_KEYX | BR_KEYTYPE_SIGN;
    }
    return br_x509_decoder_get_pkey(&stranger->decoder);
}


void stellar__bench_stranger_init(struct stellar__bench_stranger *stranger)
{
    static const br_x509_class vtable = {sizeof *stranger,
                                         start_chain,
                                         start_certificate,
                                         append_certificate,
                                         end_certificate,
                                         end_chain,
                                         get_key};

    memset(stranger, 0, sizeof *stranger);
    stranger->vtable = &vtable;
}
