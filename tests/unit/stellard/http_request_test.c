/* Requests of HTTP, whole and in pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "http_request.h"

static struct stellar__http_request request;
static struct stellar__http_target target;


/* Feeds bytes in pieces of that size, until the request is whole or wrong. The bytes
 * after that are not read. */
static enum stellar__http_progress take(const char *bytes, size_t length, size_t piece)
{
    enum stellar__http_progress progress = STELLAR__HTTP_MORE;

    stellar__http_request_init(&request);
    while (length > 0 && progress == STELLAR__HTTP_MORE) {
        size_t room;
        char *out = stellar__http_request_room(&request, &room);
        size_t size = length < piece ? length : piece;

        assert_true(room > 0);
        size = size < room ? size : room;
        memcpy(out, bytes, size);
        progress = stellar__http_request_take(&request, size);
        bytes += size;
        length -= size;
    }
    return progress;
}


/* Checks the result for a text, in pieces of any length. */
static void expect_progress(const char *text, size_t length,
                            enum stellar__http_progress progress)
{
    size_t piece;

    for (piece = 1; piece <= length + 1; piece++) {
        if (take(text, length, piece) != progress) {
            fail_msg("'%s' in pieces of %zu", text, piece);
        }
    }
}


#define PROGRESS(text, progress) \
    expect_progress(text, sizeof(text) - 1, STELLAR__HTTP_##progress)


/* Returns the meaning of a request line: "GET /path", "HEAD /path", "other" or
 * "malformed". */
static void expect_read(const char *line, const char *expected)
{
    char text[512];
    char shown[512] = "other";
    bool good;

    snprintf(text, sizeof text, "%s\r\nHost: a\r\n\r\n", line);
    assert_int_equal(take(text, strlen(text), 7), STELLAR__HTTP_WHOLE);
    good = stellar__http_request_read(&request, &target);
    if (good && !target.is_other_method) {
        snprintf(shown, sizeof shown, "%s %.*s", target.is_head ? "HEAD" : "GET",
                 (int)target.path.length, target.path.data);
    }
    assert_string_equal(good ? shown : "malformed", expected);
}


static void a_request_ends_with_an_empty_line(void **state)
{
    (void)state;
    PROGRESS("GET / HTTP/1.1\r\n\r\n", WHOLE);
    PROGRESS("GET / HTTP/1.1\r\nHost: a\r\nb:\tc\xe9\r\n\r\n", WHOLE);
    PROGRESS("GET / HTTP/1.1\n\n", WHOLE);
    PROGRESS("GET / HTTP/1.1\r\n\n", WHOLE);
    PROGRESS("GET / HTTP/1.1\n\r\n", WHOLE);
    PROGRESS("GET / HTTP/1.1\r\n\r\n\0behind it", WHOLE);
    PROGRESS("GET / HTTP/1.1\r\n", MORE);
    PROGRESS("GET / HTTP/1.1\r\nHost: a\r\n\r", MORE);
    PROGRESS("", MORE);
}


static void an_empty_line_before_it_is_skipped(void **state)
{
    (void)state;
    PROGRESS("\r\nGET / HTTP/1.1\r\n\r\n", WHOLE);
    PROGRESS("\nGET / HTTP/1.1\r\n\r\n", WHOLE);
    PROGRESS("\r\n", MORE);
    PROGRESS("\r\n\r\n", MALFORMED);
    PROGRESS("\r\n\r\nGET / HTTP/1.1\r\n\r\n", MALFORMED);
    expect_read("\r\nGET /metrics HTTP/1.1", "GET /metrics");
    expect_read("\nHEAD http://a/healthz HTTP/1.0", "HEAD /healthz");
}


static void what_is_no_text_is_refused_at_once(void **state)
{
    (void)state;
    PROGRESS("\x16\x03\x01\x02", MALFORMED);
    PROGRESS("GET /\0 HTTP/1.1\r\n\r\n", MALFORMED);
    PROGRESS("GET / HTTP/1.1\r\na: \x7f\r\n\r\n", MALFORMED);
    PROGRESS("GET / HTTP/1.1\r\na: \x1b\r\n\r\n", MALFORMED);
    PROGRESS("GET / HTTP/1.1\rHost: a\r\n\r\n", MALFORMED);
    PROGRESS("\rGET / HTTP/1.1\r\n\r\n", MALFORMED);
    PROGRESS("\r\n\r\n\0\r\nQUIT\n", MALFORMED);
}


static void too_many_bytes_are_refused(void **state)
{
    char text[STELLAR__HTTP_REQUEST_MAX + 1];
    size_t length = STELLAR__HTTP_REQUEST_MAX;

    (void)state;
    memset(text, 'a', sizeof text);
    assert_int_equal(take(text, length - 1, 100), STELLAR__HTTP_MORE);
    assert_int_equal(take(text, length, 100), STELLAR__HTTP_TOO_LONG);
    assert_int_equal(take(text, length + 1, 100), STELLAR__HTTP_TOO_LONG);
    memcpy(text, "GET / HTTP/1.1\r\n", 16);
    memcpy(text + length - 4, "\r\n\r\n", 4);
    assert_int_equal(take(text, length, 100), STELLAR__HTTP_WHOLE);
    assert_int_equal(take(text, length, length), STELLAR__HTTP_WHOLE);
}


static void a_path_is_read_without_its_query(void **state)
{
    (void)state;
    expect_read("GET /metrics HTTP/1.1", "GET /metrics");
    expect_read("HEAD /metrics?a=/healthz HTTP/1.1", "HEAD /metrics");
    expect_read("GET /metrics? HTTP/1.0", "GET /metrics");
    expect_read("GET /metrics?http://a/b?c HTTP/1.9", "GET /metrics");
    expect_read("GET /? HTTP/1.1", "GET /");
    expect_read("GET //metrics HTTP/1.1", "GET //metrics");
    expect_read("GET /http://a/metrics HTTP/1.1", "GET /http://a/metrics");
}


static void a_target_may_name_scheme_and_host(void **state)
{
    (void)state;
    expect_read("GET http://127.0.0.1:9464/healthz HTTP/1.1", "GET /healthz");
    expect_read("HEAD http://a/metrics HTTP/1.1", "HEAD /metrics");
    expect_read("GET HTTPS://[::1]:9464/metrics?a HTTP/1.1", "GET /metrics");
    expect_read("GET hTTp://u@a:1/metrics HTTP/1.1", "GET /metrics");
    expect_read("GET http://a HTTP/1.1", "GET /");
    expect_read("GET http://a/ HTTP/1.1", "GET /");
    expect_read("GET http://a?/metrics HTTP/1.1", "GET /");
    expect_read("GET http://a?b HTTP/1.1", "GET /");
}


static void other_methods_are_known_as_such(void **state)
{
    (void)state;
    expect_read("POST /metrics HTTP/1.1", "other");
    expect_read("get /metrics HTTP/1.1", "other");
    expect_read("OPTIONS * HTTP/1.1", "other");
    expect_read("CONNECT a:80 HTTP/1.1", "other");
    expect_read("GETS / HTTP/1.1", "other");
}


static void a_malformed_line_is_told(void **state)
{
    static const char *const lines[] = {
        "GET",
        "GET /metrics",
        "GET /metrics HTTP/2.0",
        "GET /metrics HTTP/1",
        "GET /metrics HTTP/1.",
        "GET /metrics HTTP/1.10",
        "GET /metrics http/1.1",
        "GET /metrics HTTP/1.1 ",
        "GET  /metrics HTTP/1.1",
        "GET /met rics HTTP/1.1",
        " GET /metrics HTTP/1.1",
        "GET metrics HTTP/1.1",
        "GET * HTTP/1.1",
        "GET a:80 HTTP/1.1",
        "GET http:///metrics HTTP/1.1",
        "GET http:// HTTP/1.1",
        "GET http:/metrics HTTP/1.1",
        "GET ftp://a/metrics HTTP/1.1",
        "GET ?/metrics HTTP/1.1",
        "PRI * HTTP/2.0",
        "PROXY TCP4 127.0.0.1 127.0.0.1 1 2",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        expect_read(lines[i], "malformed");
    }
    expect_read("HEAD x HTTP/1.1", "malformed");
    assert_true(target.is_head);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_ends_with_an_empty_line),
        cmocka_unit_test(an_empty_line_before_it_is_skipped),
        cmocka_unit_test(what_is_no_text_is_refused_at_once),
        cmocka_unit_test(too_many_bytes_are_refused),
        cmocka_unit_test(a_path_is_read_without_its_query),
        cmocka_unit_test(a_target_may_name_scheme_and_host),
        cmocka_unit_test(other_methods_are_known_as_such),
        cmocka_unit_test(a_malformed_line_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
