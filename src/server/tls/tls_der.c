/* The part of DER that is needed to read a certificate. */
#include "tls_internal.h"

enum { SEQUENCE = 0x30, VERSION = 0xA0, EXTENSIONS = 0xA3 };


bool stellar__tls_der_next(struct stellar__tls_der *from, unsigned *tag,
                           struct stellar__tls_der *content,
                           struct stellar__tls_der *whole)
{
    const unsigned char *bytes = from->bytes;
    size_t header = 2;
    size_t length;

    /* Tags above 30, which need several bytes, do not occur in certificates. */
    if (from->length < header || (bytes[0] & 0x1F) == 0x1F) {
        return false;
    }
    *tag = bytes[0];
    length = bytes[1];
    if (length >= 0x80) {
        size_t count = length - 0x80;

        if (count == 0 || count > 3 || from->length < header + count) {
            return false;
        }
        for (length = 0; count > 0; count--) {
            length = length << 8 | bytes[header++];
        }
    }
    if (length > from->length - header) {
        return false;
    }
    content->bytes = bytes + header;
    content->length = length;
    if (whole) {
        whole->bytes = bytes;
        whole->length = header + length;
    }
    from->bytes += header + length;
    from->length -= header + length;
    return true;
}


/* Reads the next element, which must have this tag. */
static bool take(struct stellar__tls_der *from, unsigned wanted,
                 struct stellar__tls_der *content)
{
    unsigned tag;

    return stellar__tls_der_next(from, &tag, content, NULL) && tag == wanted;
}


/* RFC 5280, section 4.1. */
bool stellar__tls_der_certificate(const unsigned char *bytes, size_t length,
                                  struct stellar__tls_der *subject,
                                  struct stellar__tls_der *extensions)
{
    struct stellar__tls_der rest = {bytes, length};
    struct stellar__tls_der part;
    unsigned tag;
    int i;

    extensions->bytes = NULL;
    extensions->length = 0;
    if (!take(&rest, SEQUENCE, &part)) {
        return false;
    }
    rest = part;
    if (!take(&rest, SEQUENCE, &part)) {
        return false;
    }
    rest = part;
    if (!stellar__tls_der_next(&rest, &tag, &part, NULL)) {
        return false;
    }
    /* The version, which may be missing, then the serial number, algorithm, issuer and
     * validity. */
    for (i = tag == VERSION ? 0 : 1; i < 4; i++) {
        if (!stellar__tls_der_next(&rest, &tag, &part, NULL)) {
            return false;
        }
    }
    if (!take(&rest, SEQUENCE, subject)) {
        return false;
    }
    while (stellar__tls_der_next(&rest, &tag, &part, NULL)) {
        if (tag == EXTENSIONS && !take(&part, SEQUENCE, extensions)) {
            return false;
        }
    }
    return rest.length == 0;
}
