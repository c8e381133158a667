/*
 * Clients' certificates: checks them, and finds out whose they are.
 *
 * IMPLEMENTATION NOTES. BearSSL's validator does the work. It is wrapped, for three
 * things that it does not do. The client's own certificate is copied while it is read,
 * because the validator cannot return its whole name. A certificate that clients may
 * not use (RFC 5280, section 4.2.1.12) is refused. And the error is remembered: if
 * certificates are optional, the engine continues as if there had been none; we do not.
 *
 * All this is only needed in the handshake. After it, everything except the identity is
 * freed.
 */
#include <stdio.h>
#include <string.h>

#include "tls_internal.h"

enum {
    ALERT_HANDSHAKE_FAILURE = 40,
    ALERT_BAD_CERTIFICATE = 42,
    ALERT_UNSUPPORTED_CERTIFICATE = 43,
    ALERT_CERTIFICATE_EXPIRED = 45,
    ALERT_UNKNOWN_CA = 48,
    ALERT_DECRYPT_ERROR = 51,
    ALERT_INTERNAL_ERROR = 80,
    RSA_BYTES_MIN = STELLAR__TLS_RSA_BITS_MIN / 8
};

struct stellar__tls_inspector {
    const br_x509_class *class; /* the part that the engine knows */
    br_x509_minimal_context validator;
    const struct stellar_allocator *allocator;
    unsigned char *certificate; /* the client's own, the bytes so far */
    size_t capacity;
    size_t length;
    unsigned count; /* certificates so far */
    const char *fault;
    unsigned char alert;
    struct stellar__tls_identity *identity;
};


static void find_fault(struct stellar__tls_inspector *inspector, const char *fault,
                       unsigned char alert)
{
    if (inspector->fault) {
        return;
    }
    inspector->fault = fault;
    inspector->alert = alert;
}


static void find_validator_fault(struct stellar__tls_inspector *inspector,
                                 unsigned error)
{
    switch (error) {
    case BR_ERR_X509_EXPIRED:
        find_fault(inspector,
                   "the client's certificate has expired, or is not yet valid",
                   ALERT_CERTIFICATE_EXPIRED);
        break;
    case BR_ERR_X509_NOT_TRUSTED:
        find_fault(inspector,
                   "the client's certificate was not issued by an authority of ours",
                   ALERT_UNKNOWN_CA);
        break;
    case BR_ERR_X509_NOT_CA:
    case BR_ERR_X509_DN_MISMATCH:
        find_fault(inspector, "the chain of the client's certificate is broken",
                   ALERT_BAD_CERTIFICATE);
        break;
    case BR_ERR_X509_WEAK_PUBLIC_KEY:
        find_fault(inspector, "the key of the client's certificate is too short",
                   ALERT_UNSUPPORTED_CERTIFICATE);
        break;
    case BR_ERR_X509_UNSUPPORTED:
    case BR_ERR_X509_LIMIT_EXCEEDED:
    case BR_ERR_X509_CRITICAL_EXTENSION:
    case BR_ERR_X509_FORBIDDEN_KEY_USAGE:
        find_fault(inspector,
                   "the client's certificate is of a kind that is not supported",
                   ALERT_UNSUPPORTED_CERTIFICATE);
        break;
    case BR_ERR_X509_BAD_SIGNATURE:
        find_fault(inspector, "a signature in the client's certificate is wrong",
                   ALERT_BAD_CERTIFICATE);
        break;
    default:
        find_fault(inspector, "the client's certificate is damaged",
                   ALERT_BAD_CERTIFICATE);
    }
}


/* Who it is. */

static void write_fingerprint(const struct stellar__tls_inspector *inspector,
                              char text[STELLAR__TLS_FINGERPRINT_SIZE])
{
    unsigned char hash[br_sha256_SIZE];
    br_sha256_context context;
    size_t i;

    br_sha256_init(&context);
    br_sha256_update(&context, inspector->certificate, inspector->length);
    br_sha256_out(&context, hash);
    for (i = 0; i < sizeof hash; i++) {
        snprintf(text + 3 * i, 4, i + 1 < sizeof hash ? "%02X:" : "%02X", hash[i]);
    }
}


static void identify(struct stellar__tls_inspector *inspector,
                     struct stellar__tls_der subject)
{
    struct stellar__tls_identity *identity;
    size_t length;

    if (!stellar__tls_subject(subject, NULL, 0, &length)) {
        find_validator_fault(inspector, BR_ERR_X509_BAD_DN);
        return;
    }
    identity = inspector->allocator->allocate(inspector->allocator->context,
                                              sizeof *identity + length + 1);
    if (!identity) {
        find_fault(inspector, "out of memory", ALERT_INTERNAL_ERROR);
        return;
    }
    write_fingerprint(inspector, identity->fingerprint);
    stellar__tls_subject(subject, identity->subject, length, &length);
    identity->subject[length] = '\0';
    inspector->identity = identity;
}


/* What it may be used for. */

static bool lists_clients(struct stellar__tls_der usages)
{
    static const unsigned char any[] = {0x55, 0x1D, 0x25, 0x00};
    static const unsigned char client[] = {0x2B, 0x06, 0x01, 0x05,
                                           0x05, 0x07, 0x03, 0x02};
    struct stellar__tls_der list;
    struct stellar__tls_der usage;
    unsigned tag;

    if (!stellar__tls_der_next(&usages, &tag, &list, NULL)) {
        return false;
    }
    while (stellar__tls_der_next(&list, &tag, &usage, NULL)) {
        if ((usage.length == sizeof any && memcmp(usage.bytes, any, sizeof any) == 0) ||
            (usage.length == sizeof client &&
             memcmp(usage.bytes, client, sizeof client) == 0)) {
            return true;
        }
    }
    return false;
}


/* A certificate that does not name its purposes may be used for anything. */
static bool is_for_clients(struct stellar__tls_der extensions)
{
    static const unsigned char usages[] = {0x55, 0x1D, 0x25};
    struct stellar__tls_der extension;
    unsigned tag;

    while (stellar__tls_der_next(&extensions, &tag, &extension, NULL)) {
        struct stellar__tls_der id;
        struct stellar__tls_der value = {NULL, 0};

        if (!stellar__tls_der_next(&extension, &tag, &id, NULL)) {
            return false;
        }
        /* The critical flag may come in between. */
        while (stellar__tls_der_next(&extension, &tag, &value, NULL)) {
            /* the last one is the value */
        }
        if (id.length == sizeof usages && memcmp(id.bytes, usages, id.length) == 0) {
            return lists_clients(value);
        }
    }
    return extensions.length == 0;
}


static void inspect(struct stellar__tls_inspector *inspector)
{
    struct stellar__tls_der subject;
    struct stellar__tls_der extensions;

    if (!stellar__tls_der_certificate(inspector->certificate, inspector->length,
                                      &subject, &extensions)) {
        find_validator_fault(inspector, BR_ERR_X509_INVALID_VALUE);
    } else if (!is_for_clients(extensions)) {
        find_fault(inspector, "the client's certificate is not for clients",
                   ALERT_UNSUPPORTED_CERTIFICATE);
    } else {
        identify(inspector, subject);
    }
}


/* The functions of the validator. */

static struct stellar__tls_inspector *inspector_of(const br_x509_class *const *class)
{
    return (void *)((char *)class - offsetof(struct stellar__tls_inspector, class));
}


static void start_chain(const br_x509_class **class, const char *server_name)
{
    struct stellar__tls_inspector *inspector = inspector_of(class);

    (void)server_name; /* a client has none */
    inspector->validator.vtable->start_chain(&inspector->validator.vtable, NULL);
}


static void start_certificate(const br_x509_class **class, uint32_t length)
{
    struct stellar__tls_inspector *inspector = inspector_of(class);
    const struct stellar_allocator *allocator = inspector->allocator;

    if (inspector->count++ == 0 && length > STELLAR__TLS_CLIENT_MAX) {
        find_fault(inspector, "the client's certificate is too large",
                   ALERT_UNSUPPORTED_CERTIFICATE);
    } else if (inspector->count == 1) {
        inspector->certificate = allocator->allocate(allocator->context, length);
        if (inspector->certificate) {
            inspector->capacity = length;
        } else {
            find_fault(inspector, "out of memory", ALERT_INTERNAL_ERROR);
        }
    }
    inspector->validator.vtable->start_cert(&inspector->validator.vtable, length);
}


static void append(const br_x509_class **class, const unsigned char *bytes,
                   size_t length)
{
    struct stellar__tls_inspector *inspector = inspector_of(class);

    if (inspector->count == 1 && length <= inspector->capacity - inspector->length) {
        memcpy(inspector->certificate + inspector->length, bytes, length);
        inspector->length += length;
    }
    inspector->validator.vtable->append(&inspector->validator.vtable, bytes, length);
}


static void end_certificate(const br_x509_class **class)
{
    struct stellar__tls_inspector *inspector = inspector_of(class);

    inspector->validator.vtable->end_cert(&inspector->validator.vtable);
}


static unsigned end_chain(const br_x509_class **class)
{
    struct stellar__tls_inspector *inspector = inspector_of(class);
    unsigned error =
        inspector->validator.vtable->end_chain(&inspector->validator.vtable);

    if (error != 0) {
        find_validator_fault(inspector, error);
    } else if (!inspector->fault) {
        inspect(inspector);
    }
    /* It does not matter which error this is, because the fault counts. */
    return inspector->fault ? BR_ERR_X509_NOT_TRUSTED : 0;
}


static const br_x509_pkey *get_key(const br_x509_class *const *class, unsigned *usages)
{
    const struct stellar__tls_inspector *inspector = inspector_of(class);

    return inspector->validator.vtable->get_pkey(&inspector->validator.vtable, usages);
}


/* For the session. */

static void init_validator(br_x509_minimal_context *validator,
                           const struct stellar__tls_authorities *authorities)
{
    br_x509_minimal_init(validator, &br_sha256_vtable, authorities->anchors,
                         authorities->count);
    br_x509_minimal_set_rsa(validator, br_rsa_pkcs1_vrfy_get_default());
    br_x509_minimal_set_ecdsa(validator, br_ec_get_default(),
                              br_ecdsa_vrfy_asn1_get_default());
    br_x509_minimal_set_hash(validator, br_sha256_ID, &br_sha256_vtable);
    br_x509_minimal_set_hash(validator, br_sha384_ID, &br_sha384_vtable);
    br_x509_minimal_set_hash(validator, br_sha512_ID, &br_sha512_vtable);
    br_x509_minimal_set_minrsa(validator, RSA_BYTES_MIN);
}


bool stellar__tls_client_ask(struct stellar__tls_session *session)
{
    static const br_x509_class class = {
        sizeof(struct stellar__tls_inspector),
        start_chain,
        start_certificate,
        append,
        end_certificate,
        end_chain,
        get_key,
    };
    const struct stellar_allocator *allocator = &session->context->allocator;
    struct stellar__tls_inspector *inspector;

    if (session->context->authorities.count == 0) {
        return true;
    }
    inspector = allocator->allocate(allocator->context, sizeof *inspector);
    if (!inspector) {
        return false;
    }
    memset(inspector, 0, sizeof *inspector);
    inspector->class = &class;
    inspector->allocator = allocator;
    init_validator(&inspector->validator, &session->context->authorities);
    br_ssl_engine_set_x509(&session->server.eng, &inspector->class);
    session->inspector = inspector;
    return true;
}


const char *stellar__tls_client_error(const struct stellar__tls_session *session,
                                      unsigned char *alert)
{
    const struct stellar__tls_inspector *inspector = session->inspector;

    if (!inspector) {
        return NULL;
    }
    if (inspector->fault) {
        *alert = inspector->alert;
        return inspector->fault;
    }
    switch (br_ssl_engine_last_error(&session->server.eng)) {
    case BR_ERR_NO_CLIENT_AUTH:
        *alert = ALERT_HANDSHAKE_FAILURE;
        return "the client has no certificate";
    case BR_ERR_BAD_SIGNATURE:
        *alert = ALERT_DECRYPT_ERROR;
        return "the client does not have the key of its certificate";
    default:
        return NULL;
    }
}


void stellar__tls_client_finish(struct stellar__tls_session *session)
{
    if (!session->inspector) {
        return;
    }
    session->identity = session->inspector->identity;
    session->inspector->identity = NULL;
    stellar__tls_client_free(session);
}


void stellar__tls_client_free(struct stellar__tls_session *session)
{
    const struct stellar_allocator *allocator = &session->context->allocator;
    struct stellar__tls_inspector *inspector = session->inspector;

    if (!inspector) {
        return;
    }
    allocator->release(allocator->context, inspector->certificate);
    allocator->release(allocator->context, inspector->identity);
    allocator->release(allocator->context, inspector);
    session->inspector = NULL;
}


const char *stellar__tls_client_subject(const struct stellar__tls_session *session)
{
    return session->identity ? session->identity->subject : NULL;
}


const char *stellar__tls_client_fingerprint(const struct stellar__tls_session *session)
{
    return session->identity ? session->identity->fingerprint : NULL;
}
