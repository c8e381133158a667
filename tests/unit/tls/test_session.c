/* An open connection: data, damage, and the end. */
#include "client.h"

enum { BIG = 300000 };

struct fixture {
    struct purse purse;
    struct stellar__tls_context *context;
    struct stellar__tls_session *session;
    struct client client;
    char big[BIG];
};


static int open_both(void **state)
{
    struct fixture *fixture = malloc(sizeof *fixture);
    uint32_t x = 1;
    size_t i;

    assert_non_null(fixture);
    purse_init(&fixture->purse);
    fixture->context = context_of(&fixture->purse, "p256.pem", "p256.key.pem");
    fixture->session = stellar__tls_session_new(fixture->context, NULL);
    assert_non_null(fixture->session);
    client_init(&fixture->client, fixture->session, NULL);
    client_pump(&fixture->client);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_OPEN);
    for (i = 0; i < BIG; i++) {
        x = x * 1664525 + 1013904223;
        fixture->big[i] = (char)(x >> 24);
    }
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


static void client_write(struct client *client, const char *bytes, size_t length)
{
    size_t room;
    unsigned char *to = br_ssl_engine_sendapp_buf(&client->context.eng, &room);

    assert_non_null(to);
    assert_true(room >= length);
    memcpy(to, bytes, length);
    br_ssl_engine_sendapp_ack(&client->context.eng, length);
    br_ssl_engine_flush(&client->context.eng, 0);
}


static void big_data_arrives_whole_both_ways(void **state)
{
    struct fixture *fixture = *state;

    client_send(&fixture->client, fixture->big, BIG);
    client_receive(&fixture->client, fixture->big, BIG);
    assert_true(fixture->client.from_client > BIG);
    assert_true(fixture->client.from_server > BIG);
}


static void data_may_come_byte_by_byte(void **state)
{
    struct fixture *fixture = *state;

    fixture->client.step = 1;
    client_send(&fixture->client, fixture->big, 40000);
    client_receive(&fixture->client, fixture->big, 40000);
}


static void what_was_written_leaves_when_it_is_flushed(void **state)
{
    struct fixture *fixture = *state;
    size_t length;

    assert_int_equal(stellar__tls_write(fixture->session, "one ", 4), 4);
    assert_int_equal(stellar__tls_write(fixture->session, "two", 3), 3);
    assert_null(stellar__tls_ciphertext(fixture->session, &length));
    stellar__tls_flush(fixture->session);
    assert_non_null(stellar__tls_ciphertext(fixture->session, &length));
    client_pump(&fixture->client);
    assert_memory_equal(
        br_ssl_engine_recvapp_buf(&fixture->client.context.eng, &length), "one two", 7);
    assert_int_equal(length, 7);
}


static void a_full_record_leaves_by_itself_and_takes_no_more(void **state)
{
    struct fixture *fixture = *state;
    size_t taken = stellar__tls_write(fixture->session, fixture->big, BIG);
    size_t length;

    assert_in_range(taken, 1024, 16384);
    assert_int_equal(stellar__tls_write(fixture->session, fixture->big, 1), 0);
    assert_non_null(stellar__tls_ciphertext(fixture->session, &length));
    stellar__tls_ciphertext_done(fixture->session, length);
    assert_int_equal(stellar__tls_write(fixture->session, fixture->big, 1), 1);
}


static void plaintext_can_be_taken_in_pieces_and_holds_up_what_follows(void **state)
{
    struct fixture *fixture = *state;
    const char *plain;
    size_t length;

    client_write(&fixture->client, "abc", 3);
    client_pump(&fixture->client);
    assert_int_equal(stellar__tls_feed(fixture->session, "\x17", 1), 0);
    plain = stellar__tls_plaintext(fixture->session, &length);
    assert_int_equal(length, 3);
    assert_memory_equal(plain, "abc", 3);
    stellar__tls_plaintext_done(fixture->session, 1);
    plain = stellar__tls_plaintext(fixture->session, &length);
    assert_int_equal(length, 2);
    assert_memory_equal(plain, "bc", 2);
    stellar__tls_plaintext_done(fixture->session, 2);
    assert_null(stellar__tls_plaintext(fixture->session, &length));
    assert_int_equal(stellar__tls_feed(fixture->session, "\x17", 1), 1);
}


static void data_can_be_fed_while_ciphertext_waits(void **state)
{
    struct fixture *fixture = *state;
    size_t length;

    stellar__tls_write(fixture->session, fixture->big, BIG);
    client_write(&fixture->client, "hello", 5);
    assert_true(client_pump_out(&fixture->client));
    assert_memory_equal(stellar__tls_plaintext(fixture->session, &length), "hello", 5);
}


static void nothing_done_is_nothing_changed(void **state)
{
    struct fixture *fixture = *state;

    stellar__tls_plaintext_done(fixture->session, 0);
    stellar__tls_ciphertext_done(fixture->session, 0);
    assert_int_equal(stellar__tls_feed(fixture->session, "", 0), 0);
    assert_int_equal(stellar__tls_write(fixture->session, "", 0), 0);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_OPEN);
    client_send(&fixture->client, "hello", 5);
}


static void the_server_closes_and_the_client_answers(void **state)
{
    struct fixture *fixture = *state;
    br_ssl_engine_context *engine = &fixture->client.context.eng;
    size_t length;

    assert_int_equal(stellar__tls_write(fixture->session, "Bye!", 4), 4);
    stellar__tls_close(fixture->session);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_CLOSING);
    assert_false(stellar__tls_peer_closed(fixture->session));
    assert_int_equal(stellar__tls_write(fixture->session, "more", 4), 0);
    client_pump(&fixture->client);
    /* The client must read what was flushed before it can see the close_notify. */
    assert_memory_equal(br_ssl_engine_recvapp_buf(engine, &length), "Bye!", 4);
    assert_int_equal(length, 4);
    br_ssl_engine_recvapp_ack(engine, length);
    client_pump(&fixture->client);
    assert_true(br_ssl_engine_current_state(engine) & BR_SSL_CLOSED);
    assert_int_equal(br_ssl_engine_last_error(engine), 0);
    assert_true(stellar__tls_peer_closed(fixture->session));
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_CLOSED);
    assert_null(stellar__tls_failure(fixture->session));
}


static void the_client_closes_and_the_server_answers(void **state)
{
    struct fixture *fixture = *state;
    br_ssl_engine_context *engine = &fixture->client.context.eng;

    /* It was written before the answer, so it must arrive before it. */
    assert_int_equal(stellar__tls_write(fixture->session, "late", 4), 4);
    br_ssl_engine_close(engine);
    client_pump_out(&fixture->client);
    assert_true(stellar__tls_peer_closed(fixture->session));
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_CLOSING);
    assert_int_equal(stellar__tls_write(fixture->session, "more", 4), 0);
    client_pump(&fixture->client);
    assert_true(br_ssl_engine_current_state(engine) & BR_SSL_CLOSED);
    assert_int_equal(br_ssl_engine_last_error(engine), 0);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_CLOSED);
}


static void what_follows_a_close_notify_is_dropped(void **state)
{
    struct fixture *fixture = *state;

    br_ssl_engine_close(&fixture->client.context.eng);
    client_pump_out(&fixture->client);
    assert_int_equal(stellar__tls_feed(fixture->session, fixture->big, 1000), 1000);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_CLOSING);
    client_pump(&fixture->client);
    assert_int_equal(stellar__tls_feed(fixture->session, fixture->big, 1000), 1000);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_CLOSED);
    stellar__tls_close(fixture->session);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_CLOSED);
}


static void data_that_crosses_our_close_is_dropped(void **state)
{
    struct fixture *fixture = *state;
    size_t length;

    client_write(&fixture->client, "unread", 6);
    client_pump_out(&fixture->client);
    stellar__tls_close(fixture->session);
    assert_null(stellar__tls_plaintext(fixture->session, &length));
    client_write(&fixture->client, "crossing", 8);
    client_pump(&fixture->client);
    assert_null(stellar__tls_plaintext(fixture->session, &length));
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_CLOSED);
}


static void an_end_without_close_notify_can_be_told(void **state)
{
    struct fixture *fixture = *state;
    unsigned char half[3];
    size_t length;

    client_write(&fixture->client, "cut short", 9);
    memcpy(half, br_ssl_engine_sendrec_buf(&fixture->client.context.eng, &length),
           sizeof half);
    assert_int_equal(stellar__tls_feed(fixture->session, half, sizeof half),
                     sizeof half);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_OPEN);
    assert_false(stellar__tls_peer_closed(fixture->session));
}


static void a_damaged_record_fails_in_words_and_ends_all(void **state)
{
    struct fixture *fixture = *state;
    unsigned char record[256];
    size_t length;

    client_write(&fixture->client, "hello", 5);
    memcpy(record, br_ssl_engine_sendrec_buf(&fixture->client.context.eng, &length),
           34);
    assert_int_equal(length, 34);
    record[20] ^= 1;
    assert_int_equal(stellar__tls_feed(fixture->session, record, length), length);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_FAILED);
    assert_string_equal(stellar__tls_failure(fixture->session),
                        "a record was damaged on its way");
    assert_null(stellar__tls_plaintext(fixture->session, &length));
    assert_null(stellar__tls_ciphertext(fixture->session, &length));
    assert_int_equal(stellar__tls_write(fixture->session, "x", 1), 0);
    stellar__tls_flush(fixture->session);
    stellar__tls_close(fixture->session);
    assert_int_equal(stellar__tls_feed(fixture->session, "x", 1), 1);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_FAILED);
}


static void a_record_sent_twice_is_damage(void **state)
{
    struct fixture *fixture = *state;
    unsigned char record[256];
    size_t length;
    size_t plain;

    client_write(&fixture->client, "pay", 3);
    memcpy(record, br_ssl_engine_sendrec_buf(&fixture->client.context.eng, &length),
           32);
    assert_int_equal(length, 32);
    assert_int_equal(stellar__tls_feed(fixture->session, record, 32), 32);
    stellar__tls_plaintext(fixture->session, &plain);
    assert_int_equal(plain, 3);
    stellar__tls_plaintext_done(fixture->session, plain);
    stellar__tls_feed(fixture->session, record, 32);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_FAILED);
}


static void renegotiation_is_declined(void **state)
{
    struct fixture *fixture = *state;
    br_ssl_engine_context *engine = &fixture->client.context.eng;

    assert_int_equal(br_ssl_engine_renegotiate(engine), 1);
    client_pump(&fixture->client);
    /* As a client, BearSSL takes the refusal for the end. */
    assert_int_equal(br_ssl_engine_last_error(engine), BR_ERR_RECV_FATAL_ALERT + 100);
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_OPEN);
    assert_int_equal(stellar__tls_write(fixture->session, "still here", 10), 10);
}


static void renegotiation_is_declined_while_output_is_under_way(void **state)
{
    struct fixture *fixture = *state;
    size_t length;
    br_ssl_engine_context *engine = &fixture->client.context.eng;

    assert_int_equal(stellar__tls_write(fixture->session, "half a line", 11), 11);
    assert_int_equal(br_ssl_engine_renegotiate(engine), 1);
    client_pump_out(&fixture->client);
    assert_false(stellar__tls_peer_closed(fixture->session));
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_OPEN);
    while (stellar__tls_ciphertext(fixture->session, &length)) {
        stellar__tls_ciphertext_done(fixture->session, length);
    }
    assert_int_equal(stellar__tls_state(fixture->session), STELLAR__TLS_OPEN);
    assert_int_equal(stellar__tls_write(fixture->session, "still here", 10), 10);
}


static void no_session_is_easily_freed(void **state)
{
    (void)state;
    stellar__tls_session_free(NULL);
    stellar__tls_context_release(NULL);
}


int main(void)
{
#define WITH(test) cmocka_unit_test_setup_teardown(test, open_both, end)
    const struct CMUnitTest tests[] = {
        WITH(big_data_arrives_whole_both_ways),
        WITH(data_may_come_byte_by_byte),
        WITH(what_was_written_leaves_when_it_is_flushed),
        WITH(a_full_record_leaves_by_itself_and_takes_no_more),
        WITH(plaintext_can_be_taken_in_pieces_and_holds_up_what_follows),
        WITH(data_can_be_fed_while_ciphertext_waits),
        WITH(nothing_done_is_nothing_changed),
        WITH(the_server_closes_and_the_client_answers),
        WITH(the_client_closes_and_the_server_answers),
        WITH(what_follows_a_close_notify_is_dropped),
        WITH(data_that_crosses_our_close_is_dropped),
        WITH(an_end_without_close_notify_can_be_told),
        WITH(a_damaged_record_fails_in_words_and_ends_all),
        WITH(a_record_sent_twice_is_damage),
        WITH(renegotiation_is_declined),
        WITH(renegotiation_is_declined_while_output_is_under_way),
        cmocka_unit_test(no_session_is_easily_freed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
