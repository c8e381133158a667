/* Names as text (RFC 4514), and certificates that are cut or damaged. */
#include <stdio.h>

#include "client.h"
#include "tls_internal.h"

struct name {
    unsigned char bytes[1024];
    size_t length;
};

/* Inserts a header before the bytes that follow a mark. */
static void wrap(struct name *name, size_t mark, unsigned char tag)
{
    size_t length = name->length - mark;
    size_t header = length < 128 ? 2 : 3;

    memmove(name->bytes + mark + header, name->bytes + mark, length);
    name->bytes[mark] = tag;
    name->bytes[mark + 1] = length < 128 ? (unsigned char)length : 0x81;
    if (length >= 128) {
        name->bytes[mark + 2] = (unsigned char)length;
    }
    name->length += header;
}


static void put(struct name *name, unsigned char tag, const char *bytes, size_t length)
{
    size_t mark = name->length;

    memcpy(name->bytes + name->length, bytes, length);
    name->length += length;
    wrap(name, mark, tag);
}


/* Writes one attribute, in its own set. */
static void add(struct name *name, const char *id, unsigned char tag, const char *value,
                size_t length)
{
    size_t mark = name->length;

    put(name, 0x06, id, strlen(id));
    put(name, tag, value, length);
    wrap(name, mark, 0x30);
    wrap(name, mark, 0x31);
}


static void is_written(const struct name *name, const char *expected)
{
    struct stellar__tls_der der = {name->bytes, name->length};
    char text[1024];
    size_t length;

    assert_true(stellar__tls_subject(der, text, sizeof text, &length));
    text[length] = '\0';
    assert_string_equal(text, expected);
    assert_true(stellar__tls_subject(der, NULL, 0, &length));
    assert_int_equal(length, strlen(expected));
}


#define CN             "\x55\x04\x03"
#define UTF8           0x0C
#define LITERAL(text_) text_, sizeof(text_) - 1

static void one_is(unsigned char tag, const char *value, size_t length,
                   const char *expected)
{
    struct name name = {.length = 0};

    add(&name, CN, tag, value, length);
    is_written(&name, expected);
}


static void the_last_part_comes_first(void **state)
{
    struct name name = {.length = 0};

    (void)state;
    is_written(&name, "");
    add(&name, "\x09\x92\x26\x89\x93\xF2\x2C\x64\x01\x19", 0x16, LITERAL("example"));
    add(&name, "\x55\x04\x0A", UTF8, LITERAL("Test"));
    add(&name, CN, 0x13, LITERAL("alice"));
    is_written(&name, "CN=alice,O=Test,DC=example");
}


static void attributes_that_stand_together_are_joined(void **state)
{
    struct name name = {.length = 0};

    (void)state;
    put(&name, 0x06, CN, 3);
    put(&name, UTF8, "a", 1);
    wrap(&name, 0, 0x30);
    {
        size_t mark = name.length;

        put(&name, 0x06, "\x55\x04\x0B", 3);
        put(&name, UTF8, "b", 1);
        wrap(&name, mark, 0x30);
    }
    wrap(&name, 0, 0x31);
    is_written(&name, "CN=a+OU=b");
}


/* The examples of RFC 4514, section 4, and the list in its section 2.4. */
static void what_means_something_is_escaped(void **state)
{
    (void)state;
    one_is(UTF8, LITERAL("James \"Jim\" Smith, III"),
           "CN=James \\\"Jim\\\" Smith\\, III");
    one_is(UTF8, LITERAL("Before\rAfter"), "CN=Before\\0DAfter");
    one_is(UTF8, LITERAL("a+b;c<d>e\\f=g"), "CN=a\\+b\\;c\\<d\\>e\\\\f=g");
    one_is(UTF8, LITERAL(" # "), "CN=\\ #\\ ");
    one_is(UTF8, LITERAL("#1"), "CN=\\#1");
    one_is(UTF8, LITERAL(" "), "CN=\\ ");
    one_is(UTF8, LITERAL("a\0b"), "CN=a\\00b");
    one_is(UTF8, LITERAL("\x1B[31m\x7F\n"), "CN=\\1B[31m\\7F\\0A");
    one_is(UTF8, LITERAL("a\xC2\x9Bz"), "CN=a\\C2\\9Bz");
    one_is(UTF8, LITERAL(""), "CN=");
}


static void strings_of_all_kinds_become_utf8(void **state)
{
    (void)state;
    one_is(UTF8, LITERAL("Lu\xC4\x8Di\xC4\x87 \xE2\x82\xAC \xF0\x9F\x99\x82"),
           "CN=Lu\xC4\x8Di\xC4\x87 \xE2\x82\xAC \xF0\x9F\x99\x82");
    one_is(0x14, LITERAL("M\xFCller"), "CN=M\xC3\xBCller");
    one_is(0x1E, LITERAL("\x20\xAC\0A"),
           "CN=\xE2\x82\xAC"
           "A");
    one_is(0x1C, LITERAL("\0\x01\xF6\x42"), "CN=\xF0\x9F\x99\x82");
    one_is(0x12, LITERAL("42"), "CN=42");
    one_is(0x1A, LITERAL("x"), "CN=x");
}


static void what_is_no_valid_string_is_written_in_digits(void **state)
{
    (void)state;
    one_is(UTF8, LITERAL("\xFF"), "CN=#0C01FF");
    one_is(0x13, LITERAL("\xFC"), "CN=#1301FC");
    one_is(0x1E, LITERAL("\xD8\x00"), "CN=#1E02D800");
    one_is(0x1E, LITERAL("abc"), "CN=#1E03616263");
    one_is(0x1C, LITERAL("\x00\x11\x00\x00"), "CN=#1C0400110000");
    one_is(0x02, LITERAL("\x05"), "CN=#020105");
}


static void a_type_without_a_name_is_written_in_numbers(void **state)
{
    struct name name = {.length = 0};

    (void)state;
    add(&name, "\x2B\x06\x01\x04\x01\x8F\x65", UTF8, LITERAL("x"));
    is_written(&name, "1.3.6.1.4.1.2021=#0C0178");
    name.length = 0;
    add(&name, "\x88\x37\x03", UTF8, LITERAL("x"));
    is_written(&name, "2.999.3=#0C0178");
}


static void a_name_that_is_cut_is_malformed(void **state)
{
    struct name name = {.length = 0};
    size_t length;
    size_t cut;

    (void)state;
    add(&name, CN, UTF8, LITERAL("alice"));
    for (cut = 1; cut < name.length; cut++) {
        struct stellar__tls_der der = {name.bytes, cut};

        assert_false(stellar__tls_subject(der, NULL, 0, &length));
    }
    for (cut = 0; cut < name.length; cut++) {
        struct stellar__tls_der der = {name.bytes, name.length};

        name.bytes[cut] ^= 0x1F;
        stellar__tls_subject(der, NULL, 0, &length); /* whatever the result is */
        name.bytes[cut] ^= 0x1F;
    }
}


/* Nothing is read beyond the end; sanitizers would report it. */
static void a_certificate_that_is_cut_or_bent_is_malformed_or_read(void **state)
{
    struct purse purse;
    struct stellar__tls_context *context;
    const br_x509_certificate *certificate;
    struct stellar__tls_der subject;
    struct stellar__tls_der extensions;
    size_t i;

    (void)state;
    purse_init(&purse);
    context = context_of(&purse, "client.pem", "client.key.pem");
    certificate = &context->chain.list[0];
    assert_true(stellar__tls_der_certificate(certificate->data, certificate->data_len,
                                             &subject, &extensions));
    assert_true(extensions.length > 0);
    for (i = 0; i < certificate->data_len; i++) {
        unsigned char *copy = malloc(certificate->data_len);
        unsigned bits;

        assert_non_null(copy);
        memcpy(copy, certificate->data, i);
        assert_false(stellar__tls_der_certificate(copy, i, &subject, &extensions));
        memcpy(copy, certificate->data, certificate->data_len);
        for (bits = 1; bits < 256; bits <<= 1) {
            copy[i] ^= (unsigned char)bits;
            if (stellar__tls_der_certificate(copy, certificate->data_len, &subject,
                                             &extensions)) {
                size_t length;

                stellar__tls_subject(subject, NULL, 0, &length);
            }
            copy[i] ^= (unsigned char)bits;
        }
        free(copy);
    }
    stellar__tls_context_release(context);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_part_comes_first),
        cmocka_unit_test(attributes_that_stand_together_are_joined),
        cmocka_unit_test(what_means_something_is_escaped),
        cmocka_unit_test(strings_of_all_kinds_become_utf8),
        cmocka_unit_test(what_is_no_valid_string_is_written_in_digits),
        cmocka_unit_test(a_type_without_a_name_is_written_in_numbers),
        cmocka_unit_test(a_name_that_is_cut_is_malformed),
        cmocka_unit_test(a_certificate_that_is_cut_or_bent_is_malformed_or_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
