/* If any one byte at the beginning of a key or certificate is damaged, it is refused,
 * or accepted if the byte does not matter; nothing else happens. The beginning contains
 * the structures, and numbers follow. */
#include <stdio.h>
#include <unistd.h>

#include "client.h"

enum { DAMAGED_BYTES = 60, SIZE_MAX_DER = 4096 };

struct der {
    unsigned char bytes[SIZE_MAX_DER];
    size_t length;
};


static void append(void *data, const void *bytes, size_t length)
{
    struct der *der = data;

    assert_true(length <= sizeof der->bytes - der->length);
    memcpy(der->bytes + der->length, bytes, length);
    der->length += length;
}


static void read_der(const char *name, struct der *der)
{
    br_pem_decoder_context decoder;
    char path[1024];
    char text[2 * SIZE_MAX_DER];
    size_t length;
    size_t done = 0;
    FILE *file;

    snprintf(path, sizeof path, TEST_DATA "%s", name);
    file = fopen(path, "rb");
    assert_non_null(file);
    length = fread(text, 1, sizeof text, file);
    fclose(file);
    der->length = 0;
    br_pem_decoder_init(&decoder);
    br_pem_decoder_setdest(&decoder, append, der);
    while (done < length) {
        done += br_pem_decoder_push(&decoder, text + done, length - done);
        assert_int_not_equal(br_pem_decoder_event(&decoder), BR_PEM_ERROR);
    }
    assert_true(der->length > DAMAGED_BYTES);
}


static void write_pem(const char *path, const struct der *der, const char *banner)
{
    char text[2 * SIZE_MAX_DER];
    size_t length = br_pem_encode(text, der->bytes, der->length, banner, 0);
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    fclose(file);
}


static void load(const char *certificate, const char *key)
{
    const struct stellar__tls_files files = {certificate, key, NULL, false};
    struct stellar__tls_context *context;
    struct purse purse;
    char error[1024] = "";
    int status;

    purse_init(&purse);
    status = stellar__tls_context_new(&context, &purse.allocator, &files, error,
                                      sizeof error);
    if (status == 0) {
        stellar__tls_context_release(context);
    } else {
        assert_int_equal(status, STELLAR_ERR_TLS);
        assert_true(error[0] != '\0');
    }
    assert_int_equal(purse.out, 0);
}


/* If banner is NULL, the certificate is damaged. */
static void damage(const char *certificate, const char *key, const char *banner)
{
    static const unsigned char values[] = {0x00, 0x02, 0x30, 0x84, 0xff};
    char path[] = "/tmp/stellar-tls-damage-XXXXXX";
    char other[1024];
    struct der der;
    size_t i;
    size_t j;

    assert_true(close(mkstemp(path)) == 0);
    read_der(banner ? key : certificate, &der);
    snprintf(other, sizeof other, TEST_DATA "%s", banner ? certificate : key);
    for (i = 0; i < DAMAGED_BYTES; i++) {
        unsigned char good = der.bytes[i];

        for (j = 0; j < sizeof values; j++) {
            der.bytes[i] = values[j];
            write_pem(path, &der, banner ? banner : "CERTIFICATE");
            load(banner ? other : path, banner ? path : other);
        }
        der.bytes[i] = good;
    }
    unlink(path);
}


static void a_damaged_key_is_refused(void **state)
{
    (void)state;
    damage("rsa.pem", "rsa.key.pem", "PRIVATE KEY");
    damage("rsa.pem", "rsa.pkcs1.key.pem", "RSA PRIVATE KEY");
    damage("p521.pem", "p521.key.pem", "PRIVATE KEY");
    damage("p521.pem", "p521.sec1.key.pem", "EC PRIVATE KEY");
}


static void a_damaged_certificate_is_refused(void **state)
{
    (void)state;
    damage("rsa.pem", "rsa.key.pem", NULL);
    damage("p256.pem", "p256.key.pem", NULL);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_damaged_key_is_refused),
        cmocka_unit_test(a_damaged_certificate_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
