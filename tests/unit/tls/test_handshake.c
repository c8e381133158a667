/* How a connection begins: with a full handshake, with a resumed one, or with an
 * error. */
#include "client.h"

struct fixture {
    struct purse purse;
    struct stellar__tls_context *context;
    struct stellar__tls_session *session;
    struct client client;
};


static int begin(void **state)
{
    struct fixture *fixture = malloc(sizeof *fixture);

    assert_non_null(fixture);
    purse_init(&fixture->purse);
    fixture->context = context_of(&fixture->purse, "chain.pem", "p256.key.pem");
    fixture->session = stellar__tls_session_new(fixture->context, NULL);
    assert_non_null(fixture->session);
    client_init(&fixture->client, fixture->session, NULL);
    *state = fixture;
    return 0;
}


static int end(void **state)
{
    struct fixture *fixture = *state;

    stellar__tls_session_free(fixture->session);
    stellar__tls_context_release(fixture->context);
    assert_int_equal(fixture->purse.out, 0);
    free(fixture);
    return 0;
}


static void shake_hands_with(const char *certificate, const char *key, size_t step)
{
    struct purse purse;
    struct stellar__tls_context *context;
    struct stellar__tls_session *session;
    struct client *client = malloc(sizeof *client);

    assert_non_null(client);
    purse_init(&purse);
    context = context_of(&purse, certificate, key);
    session = stellar__tls_session_new(context, NULL);
    assert_non_null(session);
    client_init(client, session, NULL);
    client->step = step;
    assert_int_equal(stellar__tls_state(session), STELLAR__TLS_HANDSHAKE);
    client_pump(client);
    assert_int_equal(br_ssl_engine_last_error(&client->context.eng), 0);
    assert_int_equal(stellar__tls_state(session), STELLAR__TLS_OPEN);
    assert_null(stellar__tls_failure(session));
    assert_int_equal(br_ssl_engine_get_version(&client->context.eng), BR_TLS12);
    client_send(client, "hello", 5);
    client_receive(client, "welcome", 7);
    stellar__tls_session_free(session);
    stellar__tls_context_release(context);
    assert_int_equal(purse.out, 0);
    free(client);
}


static void a_client_shakes_hands_with_servers_of_all_kinds(void **state)
{
    (void)state;
    shake_hands_with("rsa.pem", "rsa.key.pem", SIZE_MAX);
    shake_hands_with("p256.pem", "p256.key.pem", SIZE_MAX);
    shake_hands_with("p384.pem", "p384.key.pem", SIZE_MAX);
    shake_hands_with("p521.pem", "p521.key.pem", SIZE_MAX);
    shake_hands_with("chain.pem", "p256.key.pem", SIZE_MAX);
}


static void a_handshake_may_come_byte_by_byte(void **state)
{
    (void)state;
    shake_hands_with("rsa.pem", "rsa.key.pem", 1);
    shake_hands_with("chain.pem", "p256.key.pem", 1);
}


static void aes_gcm_is_chosen_even_if_the_client_likes_chacha20_better(void **state)
{
    struct fixture *fixture = *state;
    br_ssl_session_parameters parameters;

    client_pump(&fixture->client);
    br_ssl_engine_get_session_parameters(&fixture->client.context.eng, &parameters);
    assert_int_equal(parameters.cipher_suite,
                     BR_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
}


static void a_client_without_aes_gets_chacha20(void **state)
{
    static const uint16_t suite = BR_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256;
    struct fixture *fixture = *state;
    br_ssl_engine_context *engine = &fixture->client.context.eng;
    br_ssl_session_parameters parameters;

    br_ssl_engine_set_suites(engine, &suite, 1);
    br_ssl_client_reset(&fixture->client.context, "localhost", 0);
    client_pump(&fixture->client);
    br_ssl_engine_get_session_parameters(engine, &parameters);
    assert_int_equal(parameters.cipher_suite, suite);
    client_send(&fixture->client, "hello", 5);
}


static void a_session_can_be_resumed(void **state)
{
    struct fixture *fixture = *state;
    struct client *client = &fixture->client;
    br_ssl_session_parameters first;
    br_ssl_session_parameters second;
    size_t full;

    client_pump(client);
    full = client->from_server;
    br_ssl_engine_get_session_parameters(&client->context.eng, &first);
    stellar__tls_session_free(fixture->session);

    fixture->session = stellar__tls_session_new(fixture->context, NULL);
    assert_non_null(fixture->session);
    client_init(client, fixture->session, &first);
    client_pump(client);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_OPEN);
    br_ssl_engine_get_session_parameters(&client->context.eng, &second);
    assert_int_equal(second.session_id_len, 32);
    assert_memory_equal(second.session_id, first.session_id, 32);
    assert_memory_equal(second.master_secret, first.master_secret, 48);
    assert_true(client->from_server < full / 2);
    client_send(client, "again", 5);
    client_receive(client, "welcome back", 12);
}


static void another_context_does_not_know_the_session(void **state)
{
    struct fixture *fixture = *state;
    struct client *client = &fixture->client;
    br_ssl_session_parameters first;
    br_ssl_session_parameters second;

    client_pump(client);
    br_ssl_engine_get_session_parameters(&client->context.eng, &first);
    stellar__tls_session_free(fixture->session);
    stellar__tls_context_release(fixture->context);

    fixture->context = context_of(&fixture->purse, "chain.pem", "p256.key.pem");
    fixture->session = stellar__tls_session_new(fixture->context, NULL);
    assert_non_null(fixture->session);
    client_init(client, fixture->session, &first);
    client_pump(client);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_OPEN);
    br_ssl_engine_get_session_parameters(&client->context.eng, &second);
    assert_memory_not_equal(second.session_id, first.session_id, 32);
}


static void nothing_can_be_written_before_the_handshake(void **state)
{
    struct fixture *fixture = *state;
    size_t length;

    assert_int_equal(stellar__tls_write(fixture->session, "early", 5), 0);
    stellar__tls_flush(fixture->session);
    assert_null(stellar__tls_ciphertext(fixture->session, &length));
    assert_int_equal(length, 0);
    assert_null(stellar__tls_plaintext(fixture->session, &length));
    assert_int_equal(length, 0);

    client_pump_out(&fixture->client);
    assert_int_equal(stellar__tls_write(fixture->session, "early", 5), 0);
    client_pump(&fixture->client);
    assert_int_equal(stellar__tls_write(fixture->session, "now", 3), 3);
}


/* A client may send data right after its Finished, before it has seen ours. */
static void data_in_the_last_flight_waits_for_the_handshake(void **state)
{
    struct fixture *fixture = *state;
    unsigned char flight[1024];
    struct client *client = &fixture->client;
    br_ssl_engine_context *engine = &client->context.eng;
    const unsigned char *bytes;
    size_t length;
    size_t used = 0;

    client_pump_out(client);
    client_pump_in(client);
    while ((bytes = br_ssl_engine_sendrec_buf(engine, &length)) != NULL) {
        memcpy(flight + used, bytes, length);
        used += length;
        br_ssl_engine_sendrec_ack(engine, length);
    }
    /* Bytes after the Finished are not read yet. */
    flight[used] = 23;
    length = stellar__tls_feed(fixture->session, flight, used + 1);
    assert_int_equal(length, used);
    client_pump(client);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_OPEN);
    client_send(client, "hello", 5);
}


static void say_in_plain(struct stellar__tls_session *session, const char *text)
{
    size_t length;

    assert_int_equal(stellar__tls_feed(session, text, strlen(text)), strlen(text));
    assert_int_equal(stellar__tls_state(session), STELLAR__TLS_FAILED);
    assert_string_equal(stellar__tls_failure(session), "the client does not speak TLS");
    assert_null(stellar__tls_ciphertext(session, &length));
    assert_null(stellar__tls_plaintext(session, &length));
    assert_int_equal(stellar__tls_write(session, "x", 1), 0);
    stellar__tls_close(session);
    assert_null(stellar__tls_ciphertext(session, &length));
}


static void a_client_that_does_not_speak_tls_is_told_at_its_first_byte(void **state)
{
    struct fixture *fixture = *state;

    say_in_plain(fixture->session, "d");
    say_in_plain(fixture->session, "etailsView\r\n");
}


static void the_second_byte_can_tell_as_well(void **state)
{
    struct fixture *fixture = *state;

    assert_int_equal(stellar__tls_feed(fixture->session, "\x16", 1), 1);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_HANDSHAKE);
    say_in_plain(fixture->session, "\x16");
}


static void suites_that_we_lack_fail_in_words_after_an_alert(void **state)
{
    static const uint16_t suite = BR_TLS_RSA_WITH_AES_128_CBC_SHA;
    struct fixture *fixture = *state;
    br_ssl_engine_context *engine = &fixture->client.context.eng;

    br_ssl_engine_set_suites(engine, &suite, 1);
    br_ssl_client_reset(&fixture->client.context, "localhost", 0);
    client_pump(&fixture->client);
    assert_int_equal(br_ssl_engine_last_error(engine), BR_ERR_RECV_FATAL_ALERT + 40);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_FAILED);
    assert_string_equal(stellar__tls_failure(fixture->session),
                        "no cipher suite in common (this server speaks TLS 1.2)");
}


static void an_old_version_fails_in_words_after_an_alert(void **state)
{
    struct fixture *fixture = *state;
    br_ssl_engine_context *engine = &fixture->client.context.eng;

    br_ssl_engine_set_versions(engine, BR_TLS10, BR_TLS11);
    br_ssl_client_reset(&fixture->client.context, "localhost", 0);
    client_pump(&fixture->client);
    assert_int_equal(br_ssl_engine_last_error(engine), BR_ERR_RECV_FATAL_ALERT + 70);
    assert_string_equal(stellar__tls_failure(fixture->session),
                        "no protocol version in common (this server speaks TLS 1.2)");
}


static void an_alert_of_the_client_fails_with_its_name(void **state)
{
    struct fixture *fixture = *state;
    size_t length;

    client_pump_out(&fixture->client);
    while (stellar__tls_ciphertext(fixture->session, &length)) {
        stellar__tls_ciphertext_done(fixture->session, length);
    }
    assert_int_equal(
        stellar__tls_feed(fixture->session, "\x15\x03\x03\x00\x02\x02\x30", 7), 7);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_FAILED);
    assert_string_equal(stellar__tls_failure(fixture->session),
                        "the client sent alert 48: unknown CA");
}


static void a_record_that_is_too_long_fails_in_words(void **state)
{
    struct fixture *fixture = *state;

    assert_int_equal(stellar__tls_feed(fixture->session, "\x16\x03\x01\xff\xff", 5), 5);
    assert_string_equal(stellar__tls_failure(fixture->session),
                        "a record has an impossible length");
}


static void closing_before_the_client_has_spoken_is_harmless(void **state)
{
    struct fixture *fixture = *state;

    stellar__tls_close(fixture->session);
    stellar__tls_close(fixture->session);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_CLOSING);
    assert_int_equal(stellar__tls_write(fixture->session, "x", 1), 0);
    client_pump(&fixture->client);
    assert_int_not_equal(stellar__tls_state(fixture->session), STELLAR__TLS_OPEN);
}


static void closing_in_the_handshake_tells_the_client(void **state)
{
    struct fixture *fixture = *state;
    br_ssl_engine_context *engine = &fixture->client.context.eng;

    client_pump_out(&fixture->client);
    stellar__tls_close(fixture->session);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_CLOSING);
    client_pump(&fixture->client);
    assert_int_not_equal(br_ssl_engine_current_state(engine) & BR_SSL_SENDAPP,
                         BR_SSL_SENDAPP);
    assert_true(br_ssl_engine_current_state(engine) & BR_SSL_CLOSED);
    assert_int_not_equal(stellar__tls_state(fixture->session), STELLAR__TLS_OPEN);
}


/* One for the session, then one for each direction. */
static void a_handshake_needs_three_allocations_and_may_not_get_them(void **state)
{
    struct fixture *fixture = *state;
    struct stellar__tls_session *session;
    int left;

    fixture->purse.left = 0;
    assert_null(stellar__tls_session_new(fixture->context, NULL));
    for (left = 1; left < 3; left++) {
        fixture->purse.left = left;
        session = stellar__tls_session_new(fixture->context, NULL);
        assert_non_null(session);
        client_init(&fixture->client, session, NULL);
        client_pump(&fixture->client);
        assert_int_equal(stellar__tls_state(session), STELLAR__TLS_FAILED);
        assert_string_equal(stellar__tls_failure(session), "out of memory");
        assert_int_equal(br_ssl_engine_last_error(&fixture->client.context.eng),
                         BR_ERR_RECV_FATAL_ALERT + 80);
        stellar__tls_session_free(session);
    }
    fixture->purse.left = 3;
    session = stellar__tls_session_new(fixture->context, NULL);
    client_init(&fixture->client, session, NULL);
    client_pump(&fixture->client);
    assert_int_equal(stellar__tls_state(session), STELLAR__TLS_OPEN);
    stellar__tls_session_free(session);
}


/* Certificates can be renewed like this while clients are connected. */
static void a_session_keeps_the_context_it_was_made_with(void **state)
{
    struct fixture *fixture = *state;
    struct client *client = &fixture->client;
    int before = fixture->purse.out;

    client_pump(client);
    stellar__tls_context_release(fixture->context);
    assert_int_equal(fixture->purse.out, before);
    client_send(client, "still here", 10);
    client_receive(client, "so am I", 7);
    stellar__tls_session_free(fixture->session);
    assert_int_equal(fixture->purse.out, 0);

    fixture->context = context_of(&fixture->purse, "p256.pem", "p256.key.pem");
    fixture->session = stellar__tls_session_new(fixture->context, NULL);
    client_init(client, fixture->session, NULL);
    client_pump(client);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_OPEN);
}


int main(void)
{
#define WITH(test) cmocka_unit_test_setup_teardown(test, begin, end)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_client_shakes_hands_with_servers_of_all_kinds),
        cmocka_unit_test(a_handshake_may_come_byte_by_byte),
        WITH(aes_gcm_is_chosen_even_if_the_client_likes_chacha20_better),
        WITH(a_client_without_aes_gets_chacha20),
        WITH(a_session_can_be_resumed),
        WITH(another_context_does_not_know_the_session),
        WITH(nothing_can_be_written_before_the_handshake),
        WITH(data_in_the_last_flight_waits_for_the_handshake),
        WITH(a_client_that_does_not_speak_tls_is_told_at_its_first_byte),
        WITH(the_second_byte_can_tell_as_well),
        WITH(suites_that_we_lack_fail_in_words_after_an_alert),
        WITH(an_old_version_fails_in_words_after_an_alert),
        WITH(an_alert_of_the_client_fails_with_its_name),
        WITH(a_record_that_is_too_long_fails_in_words),
        WITH(closing_before_the_client_has_spoken_is_harmless),
        WITH(closing_in_the_handshake_tells_the_client),
        WITH(a_handshake_needs_three_allocations_and_may_not_get_them),
        cmocka_unit_test_setup_teardown(a_session_keeps_the_context_it_was_made_with,
                                        begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
