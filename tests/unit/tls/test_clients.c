/* Clients that must show a certificate. */
#include <stdio.h>

#include "client.h"
#include "tls_internal.h"

#define FAULT(text_) "the client's certificate " text_

struct fixture {
    struct purse purse;
    struct stellar__tls_context *context;
    struct stellar__tls_context *wallet; /* the client's certificate and key */
    struct stellar__tls_session *session;
    struct client client;
};


static struct stellar__tls_context *server_of(struct purse *purse,
                                              const char *authority, bool optional)
{
    const struct stellar__tls_files files = {
        TEST_DATA "chain.pem", TEST_DATA "p256.key.pem", authority, optional};
    struct stellar__tls_context *context;
    char error[1024] = "";

    if (stellar__tls_context_new(&context, &purse->allocator, &files, error,
                                 sizeof error) != 0) {
        fail_msg("%s", error);
    }
    return context;
}


static struct fixture *begin(const char *authority, bool optional)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);

    assert_non_null(fixture);
    purse_init(&fixture->purse);
    fixture->context = server_of(&fixture->purse, authority, optional);
    return fixture;
}


static void end(struct fixture *fixture)
{
    stellar__tls_session_free(fixture->session);
    stellar__tls_context_release(fixture->wallet);
    stellar__tls_context_release(fixture->context);
    assert_int_equal(fixture->purse.out, 0);
    free(fixture);
}


/* Gives the client a certificate and its key. */
static void arm(struct fixture *fixture, const char *certificate, const char *key)
{
    br_ssl_client_context *client = &fixture->client.context;
    const struct stellar__tls_context *wallet;

    fixture->wallet = context_of(&fixture->purse, certificate, key);
    wallet = fixture->wallet;
    if (br_skey_decoder_key_type(&wallet->key) == BR_KEYTYPE_RSA) {
        br_ssl_client_set_single_rsa(client, wallet->chain.list, wallet->chain.length,
                                     br_skey_decoder_get_rsa(&wallet->key),
                                     br_rsa_pkcs1_sign_get_default());
    } else {
        br_ssl_client_set_single_ec(client, wallet->chain.list, wallet->chain.length,
                                    br_skey_decoder_get_ec(&wallet->key),
                                    BR_KEYTYPE_SIGN, BR_KEYTYPE_EC, br_ec_get_default(),
                                    br_ecdsa_sign_asn1_get_default());
    }
}


/* Connects a client, with a certificate or (NULL) without. */
static void come(struct fixture *fixture, const char *certificate, const char *key,
                 size_t step, const br_ssl_session_parameters *resumed)
{
    stellar__tls_session_free(fixture->session);
    stellar__tls_context_release(fixture->wallet);
    fixture->wallet = NULL;
    fixture->session = stellar__tls_session_new(fixture->context, NULL);
    assert_non_null(fixture->session);
    client_init(&fixture->client, fixture->session, resumed);
    fixture->client.step = step;
    if (certificate) {
        arm(fixture, certificate, key);
    }
    assert_null(stellar__tls_client_subject(fixture->session));
    client_pump(&fixture->client);
}


static void is_let_in_as(struct fixture *fixture, const char *subject)
{
    const struct stellar__tls_session *session = fixture->session;

    assert_null(stellar__tls_failure(session));
    assert_int_equal(stellar__tls_state(session), STELLAR__TLS_OPEN);
    if (subject) {
        assert_string_equal(stellar__tls_client_subject(session), subject);
        assert_int_equal(strlen(stellar__tls_client_fingerprint(session)), 95);
    } else {
        assert_null(stellar__tls_client_subject(session));
        assert_null(stellar__tls_client_fingerprint(session));
    }
    client_send(&fixture->client, "hello", 5);
    client_receive(&fixture->client, "welcome", 7);
}


static void is_refused(struct fixture *fixture, const char *why, int alert)
{
    const struct stellar__tls_session *session = fixture->session;
    size_t length;

    assert_int_equal(stellar__tls_state(session), STELLAR__TLS_FAILED);
    assert_string_equal(stellar__tls_failure(session), why);
    assert_int_equal(br_ssl_engine_last_error(&fixture->client.context.eng),
                     BR_ERR_RECV_FATAL_ALERT + alert);
    assert_null(stellar__tls_client_subject(session));
    assert_null(stellar__tls_plaintext(fixture->session, &length));
    assert_int_equal(stellar__tls_write(fixture->session, "x", 1), 0);
    assert_null(stellar__tls_ciphertext(fixture->session, &length));
}


static void let_in(const char *certificate, const char *key, const char *subject)
{
    struct fixture *fixture = begin(TEST_DATA "client-ca.pem", false);

    come(fixture, certificate, key, SIZE_MAX, NULL);
    is_let_in_as(fixture, subject);
    come(fixture, certificate, key, 1, NULL);
    is_let_in_as(fixture, subject);
    end(fixture);
}


#define ALICE "emailAddress=alice@example.org,C=DE,O=Test\\, Inc.,CN=alice"

static void a_client_with_a_good_certificate_is_known(void **state)
{
    (void)state;
    let_in("client.pem", "client.key.pem", ALICE);
    let_in("client.other.pem", "client.other.key.pem", "CN=bob");
    let_in("client.rsa.pem", "client.rsa.key.pem", "CN=carol");
    let_in("client-for-both.pem", "client.key.pem", ALICE);
    let_in("client-for-all.pem", "client.key.pem", ALICE);
    let_in("client-chain.pem", "client.key.pem", "CN=alice");
}


/* The output of "openssl x509 -fingerprint -sha256" for client.pem. */
static void the_fingerprint_is_that_of_the_certificate(void **state)
{
    struct fixture *fixture = begin(TEST_DATA "client-ca.pem", false);
    unsigned char hash[br_sha256_SIZE];
    br_sha256_context context;
    char expected[3 * sizeof hash + 1];
    size_t i;

    (void)state;
    come(fixture, "client.pem", "client.key.pem", SIZE_MAX, NULL);
    br_sha256_init(&context);
    br_sha256_update(&context, fixture->wallet->chain.list[0].data,
                     fixture->wallet->chain.list[0].data_len);
    br_sha256_out(&context, hash);
    for (i = 0; i < sizeof hash; i++) {
        snprintf(expected + 3 * i, 4, "%02X:", hash[i]);
    }
    expected[3 * sizeof hash - 1] = '\0';
    assert_string_equal(stellar__tls_client_fingerprint(fixture->session), expected);
    end(fixture);
}


static void refuse_both_ways(const char *certificate, const char *key, const char *why,
                             int alert)
{
    int optional;

    for (optional = 0; optional < 2; optional++) {
        struct fixture *fixture = begin(TEST_DATA "client-ca.pem", optional != 0);

        come(fixture, certificate, key, SIZE_MAX, NULL);
        is_refused(fixture, why, alert);
        come(fixture, certificate, key, 1, NULL);
        is_refused(fixture, why, alert);
        end(fixture);
    }
}


static void a_bad_certificate_is_refused_even_where_none_is_needed(void **state)
{
    (void)state;
    refuse_both_ways("client-expired.pem", "client.key.pem",
                     FAULT("has expired, or is not yet valid"), 45);
    refuse_both_ways("client-not-yet-valid.pem", "client.key.pem",
                     FAULT("has expired, or is not yet valid"), 45);
    refuse_both_ways("p256.pem", "p256.key.pem",
                     FAULT("was not issued by an authority of ours"), 48);
    refuse_both_ways("client-of-others.pem", "client.key.pem",
                     FAULT("was not issued by an authority of ours"), 48);
    refuse_both_ways("client-for-servers.pem", "client.key.pem",
                     FAULT("is not for clients"), 43);
    refuse_both_ways("client.weak.pem", "client.weak.key.pem",
                     "the key of the client's certificate is too short", 43);
}


static void a_client_without_its_key_is_refused(void **state)
{
    struct fixture *fixture = begin(TEST_DATA "client-ca.pem", false);
    struct stellar__tls_context *other =
        context_of(&fixture->purse, "client.other.pem", "client.other.key.pem");

    (void)state;
    fixture->session = stellar__tls_session_new(fixture->context, NULL);
    client_init(&fixture->client, fixture->session, NULL);
    fixture->wallet = context_of(&fixture->purse, "client.pem", "client.key.pem");
    br_ssl_client_set_single_ec(&fixture->client.context, fixture->wallet->chain.list,
                                1, br_skey_decoder_get_ec(&other->key), BR_KEYTYPE_SIGN,
                                BR_KEYTYPE_EC, br_ec_get_default(),
                                br_ecdsa_sign_asn1_get_default());
    client_pump(&fixture->client);
    is_refused(fixture, "the client does not have the key of its certificate", 51);
    stellar__tls_context_release(other);
    end(fixture);
}


static void a_client_without_a_certificate_is_refused_where_one_is_needed(void **state)
{
    struct fixture *fixture = begin(TEST_DATA "client-ca.pem", false);

    (void)state;
    come(fixture, NULL, NULL, SIZE_MAX, NULL);
    is_refused(fixture, "the client has no certificate", 40);
    end(fixture);
}


static void a_client_without_a_certificate_is_let_in_where_none_is_needed(void **state)
{
    struct fixture *fixture = begin(TEST_DATA "client-ca.pem", true);

    (void)state;
    come(fixture, NULL, NULL, SIZE_MAX, NULL);
    is_let_in_as(fixture, NULL);
    come(fixture, "client.pem", "client.key.pem", SIZE_MAX, NULL);
    is_let_in_as(fixture, ALICE);
    end(fixture);
}


/* Another client, and a client without a certificate, use the session of the first. */
static void resume_as_others(bool optional)
{
    struct fixture *fixture = begin(TEST_DATA "client-ca.pem", optional);
    br_ssl_session_parameters alices;
    br_ssl_session_parameters others;

    come(fixture, "client.pem", "client.key.pem", SIZE_MAX, NULL);
    is_let_in_as(fixture, ALICE);
    br_ssl_engine_get_session_parameters(&fixture->client.context.eng, &alices);

    come(fixture, "client.other.pem", "client.other.key.pem", SIZE_MAX, &alices);
    is_let_in_as(fixture, "CN=bob");
    br_ssl_engine_get_session_parameters(&fixture->client.context.eng, &others);
    assert_memory_not_equal(others.master_secret, alices.master_secret,
                            sizeof others.master_secret);

    come(fixture, NULL, NULL, SIZE_MAX, &alices);
    if (optional) {
        is_let_in_as(fixture, NULL);
    } else {
        is_refused(fixture, "the client has no certificate", 40);
    }

    come(fixture, "client.pem", "client.key.pem", SIZE_MAX, &alices);
    is_let_in_as(fixture, ALICE);
    come(fixture, "client-expired.pem", "client.key.pem", SIZE_MAX, &alices);
    is_refused(fixture, FAULT("has expired, or is not yet valid"), 45);
    end(fixture);
}


static void a_session_taken_up_again_neither_loses_nor_lends_an_identity(void **state)
{
    (void)state;
    resume_as_others(false);
    resume_as_others(true);
}


static void clients_are_not_asked_where_there_is_no_authority(void **state)
{
    struct fixture *fixture = begin(NULL, false);

    (void)state;
    come(fixture, "client.pem", "client.key.pem", SIZE_MAX, NULL);
    is_let_in_as(fixture, NULL);
    end(fixture);
}


static void there_may_be_several_authorities(void **state)
{
    struct fixture *fixture = begin(TEST_DATA "client-ca-of-two.pem", false);

    (void)state;
    come(fixture, "client.pem", "client.key.pem", SIZE_MAX, NULL);
    is_let_in_as(fixture, ALICE);
    come(fixture, "client-of-others.pem", "client.key.pem", SIZE_MAX, NULL);
    is_refused(fixture, FAULT("was not issued by an authority of ours"), 48);
    end(fixture);
}


/* Instead of an authority's certificate, a client's own is enough. */
static void a_certificate_may_vouch_for_itself(void **state)
{
    struct fixture *fixture = begin(TEST_DATA "client.pem", false);

    (void)state;
    come(fixture, "client.pem", "client.key.pem", SIZE_MAX, NULL);
    is_let_in_as(fixture, ALICE);
    come(fixture, "client.other.pem", "client.other.key.pem", SIZE_MAX, NULL);
    is_refused(fixture, FAULT("was not issued by an authority of ours"), 48);
    end(fixture);
}


#define UNUSABLE                                                                      \
    "certificate 1 is damaged, or its key is of a kind that cannot be used; it must " \
    "be RSA of at most 4096 bits, or EC on P-256, P-384 or P-521"


static void bad_authorities_are_refused_at_start(void **state)
{
    static const char *const cases[][2] = {
        {"nowhere.pem", "No such file or directory"},
        {"prose.pem", "is not a PEM file"},
        {"client.key.pem", "holds no certificate"},
        {"damaged.pem", UNUSABLE},
        {"rsa4097.pem", UNUSABLE},
        {"compressed.pem", UNUSABLE},
        {"hybrid.pem", UNUSABLE},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct stellar__tls_files files = {TEST_DATA "p256.pem",
                                           TEST_DATA "p256.key.pem", NULL, false};
        struct stellar__tls_context *context;
        struct purse purse;
        char authority[1024];
        char expected[1024];
        char error[1024];

        purse_init(&purse);
        snprintf(authority, sizeof authority, TEST_DATA "%s", cases[i][0]);
        snprintf(expected, sizeof expected, TEST_DATA "%s: %s", cases[i][0],
                 cases[i][1]);
        files.client_authority = authority;
        assert_int_equal(stellar__tls_context_new(&context, &purse.allocator, &files,
                                                  error, sizeof error),
                         STELLAR_ERR_TLS);
        assert_string_equal(error, expected);
        assert_null(context);
        assert_int_equal(purse.out, 0);
    }
}


static void each_allocation_of_a_server_may_fail(void **state)
{
    const struct stellar__tls_files files = {TEST_DATA "p256.pem",
                                             TEST_DATA "p256.key.pem",
                                             TEST_DATA "client-ca.pem", false};
    struct stellar__tls_context *context;
    struct purse purse;
    char error[1024];
    int count = 0;

    (void)state;
    for (;;) {
        int status;

        purse_init(&purse);
        purse.left = count;
        status = stellar__tls_context_new(&context, &purse.allocator, &files, error,
                                          sizeof error);
        if (status == 0) {
            break;
        }
        assert_int_equal(status, STELLAR_ERR_NO_MEMORY);
        assert_string_equal(error, "out of memory");
        assert_int_equal(purse.out, 0);
        count++;
    }
    assert_int_equal(count, 9);
    stellar__tls_context_release(context);
    assert_int_equal(purse.out, 0);
}


/* No client is accepted just because memory is short. */
static void each_allocation_of_a_session_may_fail(void **state)
{
    int failures = 0;
    int left;

    (void)state;
    for (left = 0;; left++) {
        struct fixture *fixture = begin(TEST_DATA "client-ca.pem", true);

        fixture->wallet = context_of(&fixture->purse, "client.pem", "client.key.pem");
        fixture->purse.left = left;
        fixture->session = stellar__tls_session_new(fixture->context, NULL);
        if (fixture->session) {
            client_init(&fixture->client, fixture->session, NULL);
            br_ssl_client_set_single_ec(
                &fixture->client.context, fixture->wallet->chain.list, 1,
                br_skey_decoder_get_ec(&fixture->wallet->key), BR_KEYTYPE_SIGN,
                BR_KEYTYPE_EC, br_ec_get_default(), br_ecdsa_sign_asn1_get_default());
            client_pump(&fixture->client);
            fixture->purse.left = -1;
            if (!stellar__tls_failure(fixture->session)) {
                is_let_in_as(fixture, ALICE);
                end(fixture);
                break;
            }
            is_refused(fixture, "out of memory", 80);
        }
        failures++;
        end(fixture);
    }
    assert_true(failures >= 4);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_client_with_a_good_certificate_is_known),
        cmocka_unit_test(the_fingerprint_is_that_of_the_certificate),
        cmocka_unit_test(a_bad_certificate_is_refused_even_where_none_is_needed),
        cmocka_unit_test(a_client_without_its_key_is_refused),
        cmocka_unit_test(a_client_without_a_certificate_is_refused_where_one_is_needed),
        cmocka_unit_test(a_client_without_a_certificate_is_let_in_where_none_is_needed),
        cmocka_unit_test(a_session_taken_up_again_neither_loses_nor_lends_an_identity),
        cmocka_unit_test(clients_are_not_asked_where_there_is_no_authority),
        cmocka_unit_test(there_may_be_several_authorities),
        cmocka_unit_test(a_certificate_may_vouch_for_itself),
        cmocka_unit_test(bad_authorities_are_refused_at_start),
        cmocka_unit_test(each_allocation_of_a_server_may_fail),
        cmocka_unit_test(each_allocation_of_a_session_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
