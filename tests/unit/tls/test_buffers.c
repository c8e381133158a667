/* Buffers for records are borrowed only while they contain something. */
#include "client.h"
#include "tls_internal.h"

enum { SESSIONS = 12 };

struct fixture {
    struct purse purse;
    struct stellar__tls_context *context;
    struct stellar__tls_pool pool;
    struct stellar__tls_session *sessions[SESSIONS];
    struct client clients[SESSIONS];
    int idle; /* blocks in use while nothing is in progress */
};


static int open_all(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    size_t i;

    assert_non_null(fixture);
    purse_init(&fixture->purse);
    fixture->context = context_of(&fixture->purse, "p256.pem", "p256.key.pem");
    for (i = 0; i < SESSIONS; i++) {
        struct client *client = &fixture->clients[i];

        fixture->sessions[i] =
            stellar__tls_session_new(fixture->context, i == 0 ? NULL : &fixture->pool);
        assert_non_null(fixture->sessions[i]);
        client_init(client, fixture->sessions[i], NULL);
        client_pump(client);
        assert_int_equal(stellar__tls_state(fixture->sessions[i]), STELLAR__TLS_OPEN);
    }
    fixture->idle = fixture->purse.out;
    *state = fixture;
    return 0;
}


static int end(void **state)
{
    struct fixture *fixture = *state;
    size_t i;

    for (i = 0; i < SESSIONS; i++) {
        stellar__tls_session_free(fixture->sessions[i]);
    }
    stellar__tls_pool_free(&fixture->pool, &fixture->purse.allocator);
    stellar__tls_context_release(fixture->context);
    assert_int_equal(fixture->purse.out, 0);
    free(fixture);
    return 0;
}


static void a_session_without_a_pool_has_no_buffer_when_it_is_idle(void **state)
{
    struct fixture *fixture = *state;
    struct client *client = &fixture->clients[0];

    client_send(client, "hello", 5);
    assert_int_equal(fixture->purse.out, fixture->idle);
    client_receive(client, "welcome", 7);
    assert_int_equal(fixture->purse.out, fixture->idle);
    assert_true(sizeof(struct stellar__tls_session) < 5000);
}


/* Makes a record with "hello" from the client. Returns its length. */
static size_t make_record(struct client *client, unsigned char record[128])
{
    br_ssl_engine_context *engine = &client->context.eng;
    size_t length;
    unsigned char *room = br_ssl_engine_sendapp_buf(engine, &length);
    const unsigned char *bytes;

    memcpy(room, "hello", 5);
    br_ssl_engine_sendapp_ack(engine, 5);
    br_ssl_engine_flush(engine, 0);
    bytes = br_ssl_engine_sendrec_buf(engine, &length);
    assert_true(length < 128);
    memcpy(record, bytes, length);
    br_ssl_engine_sendrec_ack(engine, length);
    return length;
}


static void expect_hello(struct stellar__tls_session *session)
{
    size_t length;
    const char *plain = stellar__tls_plaintext(session, &length);

    assert_int_equal(length, 5);
    assert_memory_equal(plain, "hello", 5);
    stellar__tls_plaintext_done(session, length);
}


static void a_record_may_be_cut_anywhere_and_answers_go_out_meanwhile(void **state)
{
    struct fixture *fixture = *state;
    struct client *client = &fixture->clients[0];
    struct stellar__tls_session *session = fixture->sessions[0];
    unsigned char record[128];
    size_t length;
    size_t cut = 0;

    do {
        length = make_record(client, record);
        assert_int_equal(stellar__tls_feed(session, record, cut), cut);
        /* Five bytes are a header, for which the session has room. */
        assert_int_equal(fixture->purse.out, fixture->idle + (cut > 5 ? 1 : 0));
        client_receive(client, "meanwhile", 9);
        assert_int_equal(fixture->purse.out, fixture->idle + (cut > 5 ? 1 : 0));
        assert_int_equal(stellar__tls_feed(session, record + cut, length - cut),
                         length - cut);
        expect_hello(session);
        assert_int_equal(fixture->purse.out, fixture->idle);
        cut++;
    } while (cut < length);
}


static void two_records_and_a_half_need_one_buffer(void **state)
{
    struct fixture *fixture = *state;
    struct client *client = &fixture->clients[0];
    struct stellar__tls_session *session = fixture->sessions[0];
    unsigned char records[3 * 128];
    size_t first = make_record(client, records);
    size_t second = make_record(client, records + first);
    size_t third = make_record(client, records + first + second);
    size_t rest = second + third - 7;

    assert_int_equal(stellar__tls_feed(session, records, first + rest), first);
    expect_hello(session);
    assert_int_equal(stellar__tls_feed(session, records + first, rest), second);
    expect_hello(session);
    assert_int_equal(stellar__tls_feed(session, records + first + second, third - 7),
                     third - 7);
    assert_int_equal(fixture->purse.out, fixture->idle + 1);
    assert_int_equal(
        stellar__tls_feed(session, records + first + second + third - 7, 7), 7);
    expect_hello(session);
    assert_int_equal(fixture->purse.out, fixture->idle);
}


static void ciphertext_that_waits_keeps_its_buffer(void **state)
{
    struct fixture *fixture = *state;
    struct client *client = &fixture->clients[0];
    struct stellar__tls_session *session = fixture->sessions[0];

    assert_int_equal(stellar__tls_write(session, "x", 1), 1);
    assert_int_equal(fixture->purse.out, fixture->idle + 1);
    stellar__tls_flush(session);
    client_send(client, "hello", 5);
    assert_int_equal(fixture->purse.out, fixture->idle);
}


static void sessions_of_a_pool_take_turns_byte_by_byte(void **state)
{
    struct fixture *fixture = *state;
    unsigned char records[SESSIONS][128];
    size_t lengths[SESSIONS];
    size_t at;
    size_t i;

    for (i = 1; i < SESSIONS; i++) {
        lengths[i] = make_record(&fixture->clients[i], records[i]);
    }
    for (at = 0; at < lengths[1]; at++) {
        for (i = 1; i < SESSIONS; i++) {
            assert_int_equal(lengths[i], lengths[1]);
            assert_int_equal(
                stellar__tls_feed(fixture->sessions[i], records[i] + at, 1), 1);
        }
    }
    for (i = 1; i < SESSIONS; i++) {
        expect_hello(fixture->sessions[i]);
    }
    assert_int_equal(fixture->pool.count, STELLAR__TLS_SPARE_MAX);
    assert_true(fixture->purse.out <= fixture->idle + STELLAR__TLS_SPARE_MAX);
}


/* The pool links its blocks through their first bytes. */
static unsigned char *next_spare(const unsigned char *spare)
{
    unsigned char *next;

    memcpy(&next, (const void *)spare, sizeof next);
    return next;
}


static void nothing_of_what_came_is_left_in_the_pool(void **state)
{
    struct fixture *fixture = *state;
    const char secret[] = "a secret, not to be seen";
    unsigned char *spare;

    /* This runs once before, so that all bytes of the blocks are known. */
    client_send(&fixture->clients[1], "hi", 2);
    for (spare = fixture->pool.spare; spare; spare = next_spare(spare)) {
        memset(spare + sizeof spare, 'x', STELLAR__TLS_BUFFER_SIZE - sizeof spare);
    }

    client_send(&fixture->clients[1], secret, sizeof secret);
    assert_non_null(fixture->pool.spare);
    for (spare = fixture->pool.spare; spare; spare = next_spare(spare)) {
        size_t i;

        for (i = 0; i + sizeof secret <= STELLAR__TLS_BUFFER_SIZE; i++) {
            assert_memory_not_equal(spare + i, secret, sizeof secret);
        }
    }
}


static void want_of_memory_is_a_failure_in_words(void **state)
{
    struct fixture *fixture = *state;
    struct stellar__tls_session *session = fixture->sessions[0];
    unsigned char record[128];
    size_t length = make_record(&fixture->clients[0], record);

    fixture->purse.left = 0;
    assert_int_equal(stellar__tls_feed(session, record, length), length);
    assert_int_equal(stellar__tls_state(session), STELLAR__TLS_FAILED);
    assert_string_equal(stellar__tls_failure(session), "out of memory");
    assert_null(stellar__tls_plaintext(session, &length));
    assert_int_equal(stellar__tls_write(session, "x", 1), 0);
    stellar__tls_flush(session);
    assert_null(stellar__tls_ciphertext(session, &length));
    stellar__tls_close(session);
    assert_null(stellar__tls_ciphertext(session, &length));
}


static void writing_and_closing_need_memory_too(void **state)
{
    struct fixture *fixture = *state;
    struct stellar__tls_session *session = fixture->sessions[0];
    size_t length;

    fixture->purse.left = 0;
    assert_int_equal(stellar__tls_write(session, "x", 1), 0);
    assert_string_equal(stellar__tls_failure(session), "out of memory");

    stellar__tls_session_free(session);
    fixture->purse.left = -1;
    fixture->sessions[0] = session = stellar__tls_session_new(fixture->context, NULL);
    client_init(&fixture->clients[0], session, NULL);
    client_pump(&fixture->clients[0]);
    fixture->purse.left = 0;
    stellar__tls_close(session);
    assert_string_equal(stellar__tls_failure(session), "out of memory");
    assert_null(stellar__tls_ciphertext(session, &length));
}


int main(void)
{
#define WITH(test) cmocka_unit_test_setup_teardown(test, open_all, end)
    const struct CMUnitTest tests[] = {
        WITH(a_session_without_a_pool_has_no_buffer_when_it_is_idle),
        WITH(a_record_may_be_cut_anywhere_and_answers_go_out_meanwhile),
        WITH(two_records_and_a_half_need_one_buffer),
        WITH(ciphertext_that_waits_keeps_its_buffer),
        WITH(sessions_of_a_pool_take_turns_byte_by_byte),
        WITH(nothing_of_what_came_is_left_in_the_pool),
        WITH(want_of_memory_is_a_failure_in_words),
        WITH(writing_and_closing_need_memory_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
