/* Which certificates and keys are accepted, and the errors for others. */
#include <stdio.h>

#include "client.h"


/* The warnings of a context, one line each. */
static void append_warning(void *data, const char *text)
{
    char *warnings = data;

    strcat(strcat(warnings, text), "\n");
}


static void warn(const char *certificate, const char *key, const char *expected)
{
    struct purse purse;
    struct stellar__tls_context *context;
    char warnings[2048] = "";

    purse_init(&purse);
    context = context_of(&purse, certificate, key);
    stellar__tls_context_warn(context, append_warning, warnings);
    assert_string_equal(warnings, expected);
    stellar__tls_context_release(context);
    assert_int_equal(purse.out, 0);
}


static void accept(const char *certificate, const char *key)
{
    warn(certificate, key, "");
}


static int make_context(struct stellar__tls_context **context, struct purse *purse,
                        const char *certificate, const char *key, char *error,
                        size_t capacity)
{
    const struct stellar__tls_files files = {certificate, key, NULL, false};

    return stellar__tls_context_new(context, &purse->allocator, &files, error,
                                    capacity);
}


/* The error must say which file is wrong and why, and nothing more. */
static void refuse(const char *certificate, const char *key, const char *file,
                   const char *text)
{
    struct purse purse;
    struct stellar__tls_context *context = (struct stellar__tls_context *)&purse;
    char certificate_file[1024];
    char key_file[1024];
    char expected[2048];
    char error[2048] = "";

    purse_init(&purse);
    snprintf(certificate_file, sizeof certificate_file, TEST_DATA "%s", certificate);
    snprintf(key_file, sizeof key_file, TEST_DATA "%s", key);
    snprintf(expected, sizeof expected, TEST_DATA "%s: %s", file, text);
    assert_int_equal(
        make_context(&context, &purse, certificate_file, key_file, error, sizeof error),
        STELLAR_ERR_TLS);
    assert_string_equal(error, expected);
    assert_null(context);
    assert_int_equal(purse.out, 0);
}


static void keys_of_all_kinds_are_taken_as_pkcs8(void **state)
{
    (void)state;
    accept("rsa.pem", "rsa.key.pem");
    accept("p256.pem", "p256.key.pem");
    accept("p384.pem", "p384.key.pem");
    accept("p521.pem", "p521.key.pem");
}


static void keys_are_taken_in_their_own_encodings(void **state)
{
    (void)state;
    accept("rsa.pem", "rsa.pkcs1.key.pem");
    accept("p256.pem", "p256.sec1.key.pem");
    accept("p384.pem", "p384.sec1.key.pem");
    accept("p521.pem", "p521.sec1.key.pem");
}


static void rsa_keys_of_every_size_up_to_4096_bits_are_taken(void **state)
{
    (void)state;
    accept("rsa2049.pem", "rsa2049.key.pem");
    accept("rsa3001.pem", "rsa3001.key.pem");
    accept("rsa3072.pem", "rsa3072.key.pem");
    accept("rsa3072.pem", "rsa3072.pkcs1.key.pem");
    accept("rsa4093.pem", "rsa4093.key.pem");
    accept("rsa4094.pem", "rsa4094.key.pem");
    accept("rsa4095.pem", "rsa4095.key.pem");
    accept("rsa4095.pem", "rsa4095.pkcs8.key.pem");
    accept("rsa4096.pem", "rsa4096.key.pem");
    accept("rsa4096.pem", "rsa4096.pkcs1.key.pem");
}


static void a_block_of_ec_parameters_is_skipped(void **state)
{
    (void)state;
    accept("p256.pem", "p256.parameters.key.pem");
}


static void certificate_and_key_may_share_a_file(void **state)
{
    (void)state;
    accept("p256.combined.pem", "p256.combined.pem");
}


static void line_ends_of_other_systems_do_not_matter(void **state)
{
    (void)state;
    accept("p256.pem", "p256.crlf.key.pem");
}


static void the_last_line_needs_no_end(void **state)
{
    (void)state;
    accept("p256.pem", "p256.no-line-end.key.pem");
}


static void a_chain_is_taken_with_or_without_its_root(void **state)
{
    (void)state;
    accept("chain.pem", "p256.key.pem");
    accept("chain-with-root.pem", "p256.key.pem");
}


static void a_file_that_is_not_there_is_named(void **state)
{
    (void)state;
    refuse("nowhere.pem", "p256.key.pem", "nowhere.pem", "No such file or directory");
    refuse("p256.pem", "nowhere.pem", "nowhere.pem", "No such file or directory");
}


static void a_folder_is_no_file(void **state)
{
    (void)state;
    refuse("p256.pem", ".", ".", "is a directory; expected a regular file");
}


static void an_empty_file_is_refused(void **state)
{
    (void)state;
    refuse("empty.pem", "p256.key.pem", "empty.pem", "is empty");
    refuse("p256.pem", "empty.pem", "empty.pem", "is empty");
}


static void a_device_is_no_file(void **state)
{
    struct purse purse;
    struct stellar__tls_context *context;
    char error[256];

    (void)state;
    purse_init(&purse);
    assert_int_equal(
        make_context(&context, &purse, "/dev/zero", "/dev/zero", error, sizeof error),
        STELLAR_ERR_TLS);
    assert_string_equal(error, "/dev/zero: is a device; expected a regular file");
    assert_int_equal(purse.out, 0);
}


static void a_file_that_is_no_pem_is_refused(void **state)
{
    (void)state;
    refuse("prose.pem", "p256.key.pem", "prose.pem", "is not a PEM file");
    refuse("p256.pem", "prose.pem", "prose.pem", "is not a PEM file");
}


static void files_taken_for_each_other_are_refused(void **state)
{
    (void)state;
    refuse("p256.key.pem", "p256.key.pem", "p256.key.pem", "holds no certificate");
    refuse("p256.pem", "p256.pem", "p256.pem", "holds no private key");
}


static void an_encrypted_key_is_told_as_such(void **state)
{
    (void)state;
    refuse("p256.pem", "encrypted.key.pem", "encrypted.key.pem",
           "the key is encrypted; decrypt it first");
    refuse("rsa.pem", "encrypted.pkcs1.key.pem", "encrypted.pkcs1.key.pem",
           "the key is encrypted; decrypt it first");
}


static void a_key_of_another_kind_is_refused(void **state)
{
    static const char text[] = "the key is of a kind that cannot be used; it must be "
                               "RSA of at most 4096 bits, "
                               "or EC on P-256, P-384 or P-521";

    (void)state;
    refuse("p256.pem", "ed25519.key.pem", "ed25519.key.pem", text);
    refuse("p256.pem", "secp256k1.key.pem", "secp256k1.key.pem", text);
    refuse("rsa.pem", "rsa5120.key.pem", "rsa5120.key.pem", text);
    refuse("rsa.pem", "rsa7168.key.pem", "rsa7168.key.pem", text);
    refuse("rsa.pem", "rsa4097.key.pem", "rsa4097.key.pem", text);
    refuse("rsa.pem", "rsa4104.key.pem", "rsa4104.key.pem", text);
}


static void a_key_in_another_format_is_refused(void **state)
{
    (void)state;
    refuse("p256.pem", "openssh.key.pem", "openssh.key.pem",
           "holds OPENSSH PRIVATE KEY; expected PRIVATE KEY, RSA PRIVATE KEY or EC "
           "PRIVATE KEY");
}


static void a_certificate_of_another_kind_is_refused(void **state)
{
    static const char text[] =
        "the key of certificate 1 is of a kind that cannot be used; it must be RSA of "
        "at most 4096 bits, or EC on P-256, P-384 or P-521";

    (void)state;
    refuse("ed25519.pem", "p256.key.pem", "ed25519.pem", text);
    refuse("rsa4097.pem", "p256.key.pem", "rsa4097.pem", text);
}


static void several_keys_are_too_many(void **state)
{
    (void)state;
    refuse("p256.pem", "two-keys.pem", "two-keys.pem",
           "holds 2 private keys; there must be one");
}


static void a_truncated_file_is_told_as_such(void **state)
{
    static const char text[] = "a PEM block has no end; the file is truncated";

    (void)state;
    refuse("rsa.pem", "truncated.key.pem", "truncated.key.pem", text);
    refuse("truncated.pem", "rsa.key.pem", "truncated.pem", text);
}


static void a_key_that_ends_too_soon_is_refused(void **state)
{
    (void)state;
    refuse("rsa.pem", "short.key.pem", "short.key.pem", "the key is truncated");
}


static void damage_is_told_as_such(void **state)
{
    (void)state;
    refuse("p256.pem", "damaged-base64.key.pem", "damaged-base64.key.pem",
           "a PEM block is damaged");
    refuse("p256.pem", "damaged.key.pem", "damaged.key.pem", "the key is damaged");
    refuse("damaged.pem", "p256.key.pem", "damaged.pem", "certificate 1 is damaged");
}


static void a_key_that_does_not_work_is_not_taken_for_that_of_another(void **state)
{
    (void)state;
    refuse("rsa.pem", "damaged-exponent.key.pem", "damaged-exponent.key.pem",
           "the key is damaged");
    refuse("rsa.pem", "no-primes.key.pem", "no-primes.key.pem", "the key is damaged");
    refuse("p256.pem", "zero.key.pem", "zero.key.pem", "the key is damaged");
}


/* Of a certificate's EC key the second coordinate may be there in part, or twice. */
static void points_in_all_forms_are_compared(void **state)
{
    (void)state;
    accept("compressed.pem", "p256.key.pem");
    accept("hybrid.pem", "p256.key.pem");
    refuse("compressed.pem", "p256.other.key.pem", "p256.other.key.pem",
           "the key does not fit the certificate in " TEST_DATA "compressed.pem");
    refuse("hybrid.pem", "p256.other.key.pem", "p256.other.key.pem",
           "the key does not fit the certificate in " TEST_DATA "hybrid.pem");
}


/* The library cannot verify with such keys, so the operator is believed. */
static void issuers_whose_keys_cannot_be_used_are_believed(void **state)
{
    (void)state;
    accept("chain-compressed.pem", "p384.key.pem");
    accept("chain-hybrid.pem", "p384.key.pem");
}


static void a_key_must_fit_its_certificate(void **state)
{
    static const char text[] = "the key does not fit the certificate in " TEST_DATA;
    char expected[1024];

    (void)state;
    snprintf(expected, sizeof expected, "%sp256.pem", text);
    refuse("p256.pem", "rsa.key.pem", "rsa.key.pem", expected);
    refuse("p256.pem", "p384.key.pem", "p384.key.pem", expected);
    refuse("p256.pem", "p256.other.key.pem", "p256.other.key.pem", expected);
    snprintf(expected, sizeof expected, "%srsa.pem", text);
    refuse("rsa.pem", "rsa.other.key.pem", "rsa.other.key.pem", expected);
    snprintf(expected, sizeof expected, "%srsa4096.pem", text);
    refuse("rsa4096.pem", "rsa4096.other.key.pem", "rsa4096.other.key.pem", expected);
    refuse("rsa4096.pem", "rsa4095.key.pem", "rsa4095.key.pem", expected);
    snprintf(expected, sizeof expected, "%sca.pem", text);
    refuse("ca.pem", "p256.key.pem", "p256.key.pem", expected);
}


static void a_chain_in_the_wrong_order_is_told_as_such(void **state)
{
    (void)state;
    refuse("chain-reversed.pem", "p256.key.pem", "chain-reversed.pem",
           "the chain is in the wrong order: the key belongs to certificate 2, which "
           "must come first");
    refuse(
        "chain-shuffled.pem", "p256.key.pem", "chain-shuffled.pem",
        "the chain is in the wrong order: certificate 1 was issued by certificate 3, "
        "which must follow it");
}


static void each_certificate_must_be_issued_by_the_next(void **state)
{
    (void)state;
    refuse("chain-unrelated.pem", "p256.key.pem", "chain-unrelated.pem",
           "certificate 1 was not issued by the one after it");
}


static void a_certificate_that_has_expired_is_checked_all_the_same(void **state)
{
    (void)state;
    refuse("chain-expired-unrelated.pem", "p256.key.pem", "chain-expired-unrelated.pem",
           "certificate 1 was not issued by the one after it");
}


static void an_issuer_that_only_has_the_right_name_is_refused(void **state)
{
    (void)state;
    refuse("chain-wrong-signature.pem", "p256.key.pem", "chain-wrong-signature.pem",
           "certificate 1 was not issued by the one after it");
}


static void a_chain_has_a_limit(void **state)
{
    (void)state;
    refuse("chain-too-long.pem", "p256.key.pem", "chain-too-long.pem",
           "holds more than 16 certificates");
}


static void a_certificate_of_another_time_is_taken_with_a_warning(void **state)
{
    (void)state;
    warn("expired.pem", "p256.key.pem", "certificate 1 has expired\n");
    warn("not-yet-valid.pem", "p256.key.pem", "certificate 1 is not valid yet\n");
}


static void an_rsa_key_that_clients_refuse_is_taken_with_a_warning(void **state)
{
    (void)state;
    warn("rsa1024.pem", "rsa1024.key.pem",
         "the RSA key of certificate 1 has 1024 bits; many clients refuse fewer than "
         "2048\n");
    warn("rsa2047.pem", "rsa2047.key.pem",
         "the RSA key of certificate 1 has 2047 bits; many clients refuse fewer than "
         "2048\n");
    accept("rsa.pem", "rsa.key.pem");
}


static void each_certificate_of_the_chain_is_warned_of(void **state)
{
    (void)state;
    warn("chain-weak.pem", "p256.key.pem",
         "the RSA key of certificate 2 has 1024 bits; many clients refuse fewer than "
         "2048\n");
    warn("chain-weak-expired.pem", "rsa1024.key.pem",
         "certificate 1 has expired\n"
         "the RSA key of certificate 1 has 1024 bits; many clients refuse fewer than "
         "2048\n"
         "the RSA key of certificate 2 has 1024 bits; many clients refuse fewer than "
         "2048\n");
}


static void each_allocation_may_fail(void **state)
{
    struct purse purse;
    struct stellar__tls_context *context;
    char error[1024];
    int count = 0;

    (void)state;
    for (;;) {
        int status;

        purse_init(&purse);
        purse.left = count;
        status = make_context(&context, &purse, TEST_DATA "chain.pem",
                              TEST_DATA "p256.key.pem", error, sizeof error);
        if (status == 0) {
            break;
        }
        assert_int_equal(status, STELLAR_ERR_NO_MEMORY);
        assert_string_equal(error, "out of memory");
        assert_null(context);
        assert_int_equal(purse.out, 0);
        count++;
    }
    assert_int_equal(count, 4);
    stellar__tls_context_release(context);
    assert_int_equal(purse.out, 0);
}


static void an_error_is_cut_to_the_space_there_is(void **state)
{
    struct purse purse;
    struct stellar__tls_context *context;
    char error[8];

    (void)state;
    purse_init(&purse);
    memset(error, 'x', sizeof error);
    assert_int_equal(
        make_context(&context, &purse, "nowhere", "nowhere", error, sizeof error),
        STELLAR_ERR_TLS);
    assert_string_equal(error, "nowhere");
    assert_int_equal(
        make_context(&context, &purse, TEST_DATA "prose.pem", "nowhere", NULL, 0),
        STELLAR_ERR_TLS);
    assert_int_equal(purse.out, 0);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_of_all_kinds_are_taken_as_pkcs8),
        cmocka_unit_test(keys_are_taken_in_their_own_encodings),
        cmocka_unit_test(rsa_keys_of_every_size_up_to_4096_bits_are_taken),
        cmocka_unit_test(a_block_of_ec_parameters_is_skipped),
        cmocka_unit_test(certificate_and_key_may_share_a_file),
        cmocka_unit_test(line_ends_of_other_systems_do_not_matter),
        cmocka_unit_test(the_last_line_needs_no_end),
        cmocka_unit_test(a_chain_is_taken_with_or_without_its_root),
        cmocka_unit_test(a_file_that_is_not_there_is_named),
        cmocka_unit_test(a_folder_is_no_file),
        cmocka_unit_test(an_empty_file_is_refused),
        cmocka_unit_test(a_device_is_no_file),
        cmocka_unit_test(a_file_that_is_no_pem_is_refused),
        cmocka_unit_test(files_taken_for_each_other_are_refused),
        cmocka_unit_test(an_encrypted_key_is_told_as_such),
        cmocka_unit_test(a_key_of_another_kind_is_refused),
        cmocka_unit_test(a_key_in_another_format_is_refused),
        cmocka_unit_test(a_certificate_of_another_kind_is_refused),
        cmocka_unit_test(several_keys_are_too_many),
        cmocka_unit_test(a_truncated_file_is_told_as_such),
        cmocka_unit_test(a_key_that_ends_too_soon_is_refused),
        cmocka_unit_test(damage_is_told_as_such),
        cmocka_unit_test(a_key_that_does_not_work_is_not_taken_for_that_of_another),
        cmocka_unit_test(points_in_all_forms_are_compared),
        cmocka_unit_test(issuers_whose_keys_cannot_be_used_are_believed),
        cmocka_unit_test(a_key_must_fit_its_certificate),
        cmocka_unit_test(a_chain_in_the_wrong_order_is_told_as_such),
        cmocka_unit_test(each_certificate_must_be_issued_by_the_next),
        cmocka_unit_test(a_certificate_that_has_expired_is_checked_all_the_same),
        cmocka_unit_test(an_issuer_that_only_has_the_right_name_is_refused),
        cmocka_unit_test(a_chain_has_a_limit),
        cmocka_unit_test(a_certificate_of_another_time_is_taken_with_a_warning),
        cmocka_unit_test(an_rsa_key_that_clients_refuse_is_taken_with_a_warning),
        cmocka_unit_test(each_certificate_of_the_chain_is_warned_of),
        cmocka_unit_test(each_allocation_may_fail),
        cmocka_unit_test(an_error_is_cut_to_the_space_there_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
