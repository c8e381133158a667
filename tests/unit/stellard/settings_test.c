/* The command line and the environment, and which of them wins. */
#include "fixture.h"

#include <stdio.h>

#define PORT_IN_FILE "{\"servers\":{\"tcp\":{\"port\":1}}}"


static void nothing_given_means_the_defaults(void **state)
{
    (void)state;
    READ(.json = NULL);
    assert_int_equal(NUMBER(port), 5000);
    assert_string_equal(TEXT(bind_ip), "127.0.0.1");
    assert_null(TEXT(unix_path));
    assert_int_equal(NUMBER(secure), 0);
    assert_int_equal(COUNT(room), 1);
    assert_string_equal(ITEM(room, 0), "defaultRoom");
    assert_int_equal(COUNT(module), 0);
}


static void assert_same_text(const char *a, const char *b)
{
    assert_int_equal(a == NULL, b == NULL);
    if (a != NULL) {
        assert_string_equal(a, b);
    }
}


static void defaults_agree_with_the_library(void **state)
{
    struct stellar_server_options library;
    struct stellar_server_options ours;

    (void)state;
    stellar_server_options_init(&library);
    memset(&ours, 0xff, sizeof ours);
    READ(.json = NULL);
    stellar__settings_apply(&settings, &ours);
#define SAME_NUMBER(field)    assert_int_equal(ours.field, library.field);
#define SAME_SWITCH(field)    SAME_NUMBER(field)
#define SAME_CHOICE(field)    SAME_NUMBER(field)
#define SAME_TEXT(field)      assert_same_text(ours.field, library.field);
#define SAME_ADDRESS(field)   SAME_TEXT(field)
#define SAME_FILE_NAME(field) SAME_TEXT(field)
#define SAME_BYTES(field)     /* the library has no delimiter where the daemon has LF */
#define XX(field, type, name, path, standard, least, most, rule, argument, text) \
    SAME_##type(field)
    STELLAR_OPTIONS(XX)
#undef XX
    assert_int_equal(library.max_data_length, STELLAR_MAX_DATA_LENGTH);
    assert_null(library.delimiter);
    assert_int_equal(ours.delimiter_length, 1);
    assert_string_equal(ours.delimiter, "\n");
}


static void the_file_wins_over_the_default(void **state)
{
    (void)state;
    READ(.json = PORT_IN_FILE);
    assert_int_equal(NUMBER(port), 1);
}


static void the_environment_wins_over_the_file(void **state)
{
    (void)state;
    READ(.environment = {"STELLAR_PORT=2"}, .json = PORT_IN_FILE);
    assert_int_equal(NUMBER(port), 2);
}


static void the_command_line_wins_over_the_environment(void **state)
{
    (void)state;
    READ(.arguments = {"--port=3"}, .environment = {"STELLAR_PORT=2"},
         .json = PORT_IN_FILE);
    assert_int_equal(NUMBER(port), 3);
}


static void a_bad_value_is_refused_even_if_it_would_not_count(void **state)
{
    (void)state;
    REFUSED("STELLAR_PORT: 'x': expected a number from 0 to 65535",
            .arguments = {"--port=3"}, .environment = {"STELLAR_PORT=x"});
}


static void of_an_option_given_twice_the_last_counts(void **state)
{
    (void)state;
    READ(.arguments = {"--port", "3", "--port", "4"});
    assert_int_equal(NUMBER(port), 4);
}


static void a_list_of_a_higher_source_replaces_the_lower_ones(void **state)
{
    (void)state;
    READ(.arguments = {"--room", "a", "--room", "b"},
         .environment = {"STELLAR_ROOM=c", "STELLAR_MODULE=m,./n"},
         .json = "{\"general\":{\"startingChatRooms\":[\"d\"],\"modules\":[\"o\"]}}");
    assert_int_equal(COUNT(room), 2);
    assert_string_equal(ITEM(room, 0), "a");
    assert_string_equal(ITEM(room, 1), "b");
    assert_int_equal(COUNT(module), 2);
    assert_string_equal(ITEM(module, 0), "m");
    assert_string_equal(ITEM(module, 1), "./n");
}


static void an_empty_list_in_the_environment_means_none(void **state)
{
    (void)state;
    READ(.environment = {"STELLAR_ROOM="});
    assert_int_equal(COUNT(room), 0);
}


static void a_switch_may_stand_alone_or_have_a_value(void **state)
{
    (void)state;
    READ(.arguments = {"--set-keep-alive"});
    assert_int_equal(NUMBER(keep_alive), 1);
    READ(.arguments = {"--set-keep-alive=false"});
    assert_int_equal(NUMBER(keep_alive), 0);
}


static void a_delimiter_takes_c_escapes(void **state)
{
    (void)state;
    READ(.arguments = {"--delimiter", "a\\n\\r\\t\\0\\\\\\x7E"});
    assert_int_equal(settings.all[STELLAR__OPTION_delimiter].items[0].length, 7);
    assert_memory_equal(ITEM(delimiter, 0), "a\n\r\t\0\\~", 7);
}


static void a_bad_number_is_refused(void **state)
{
    static char *const bad[] = {"",    "-1",  "+1",  " 1",    "1 ",
                                "1.0", "1e3", "0x1", "65536", "99999999999999999999999",
                                "x"};
    char expected[128];
    size_t i;

    (void)state;
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        snprintf(expected, sizeof expected,
                 "--port: '%s': expected a number from 0 to 65535", bad[i]);
        REFUSED(expected, .arguments = {"--port", bad[i]});
    }
    REFUSED("--threads: '0': expected a number from 1 to 1024",
            .arguments = {"--threads", "0"});
}


static void a_bad_word_is_refused(void **state)
{
    (void)state;
    REFUSED("--log-level: 'warn': expected debug, info, warning or error",
            .arguments = {"--log-level", "warn"});
    REFUSED("--log-format: '': expected text or json",
            .arguments = {"--log-format", ""});
    REFUSED("--secure: 'yes': expected true or false", .arguments = {"--secure=yes"});
}


static void a_bad_address_is_refused(void **state)
{
    static char *const bad[] = {"localhost", "", "127.0.0.1.1", "::g", "127.1"};
    char expected[128];
    size_t i;

    (void)state;
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        snprintf(expected, sizeof expected,
                 "--bind-ip: '%s': expected an IPv4 or IPv6 address", bad[i]);
        REFUSED(expected, .arguments = {"--bind-ip", bad[i]});
    }
}


static void a_bad_room_is_refused(void **state)
{
    static char *const bad[][2] = {
        {"", ""},          {"a b", "a b"},    {"a\tb", "a\\tb"}, {"a,b", "a,b"},
        {"\x7f", "\\x7f"}, {"\xff", "\\xff"}, {"a\nb", "a\\nb"}};
    char expected[160];
    size_t i;

    (void)state;
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        snprintf(expected, sizeof expected,
                 "--room: '%s': expected the name of a room: no blanks, commas and "
                 "control characters, valid UTF-8",
                 bad[i][1]);
        REFUSED(expected, .arguments = {"--room", bad[i][0]});
    }
    REFUSED("--room: 'a': expected each room only once",
            .arguments = {"--room", "a", "--room", "a"});
}


static void a_bad_delimiter_is_refused(void **state)
{
    static char *const bad[][2] = {
        {"", ""},
        {"\\", "\\"},
        {"\\q", "\\q"},
        {"\\x4", "\\x4"},
        {"\\xff", "\\xff"},
        {"123456789012345678901234567890123", "123456789012345678901234567890123"}};
    char expected[200];
    size_t i;

    (void)state;
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        snprintf(expected, sizeof expected,
                 "--delimiter: '%s': expected 1 to 32 bytes, valid UTF-8; escapes are "
                 "\\n \\r \\t \\0 \\\\ and \\xHH",
                 bad[i][1]);
        REFUSED(expected, .arguments = {"--delimiter", bad[i][0]});
    }
}


static void a_bad_text_is_refused(void **state)
{
    (void)state;
    REFUSED("--id: '': expected a text of 1 to 255 bytes, valid UTF-8",
            .arguments = {"--id", ""});
    REFUSED(
        "--goodbye-message: '\\xff': expected a text of 0 to 65536 bytes, valid UTF-8",
        .arguments = {"--goodbye-message", "\xff"});
    REFUSED("--unix: '': expected a path of 1 to 107 bytes, valid UTF-8",
            .arguments = {"--unix", ""});
    REFUSED("--module: '': expected the name of a module, or a path with a slash",
            .arguments = {"--module", ""});
}


static void an_unknown_option_is_refused(void **state)
{
    (void)state;
    REFUSED("--prt: unknown or ambiguous option (known: stellard --help)",
            .arguments = {"--prt", "1"});
    REFUSED("-p: unknown option (known: stellard --help)", .arguments = {"-pq"});
    REFUSED("--port: expected an argument", .arguments = {"--port"});
    REFUSED("--version: expected no argument", .arguments = {"--version=1"});
    REFUSED("x: unexpected argument (see stellard --help)", .arguments = {"x"});
}


static void a_certificate_and_its_key_mean_tls(void **state)
{
    (void)state;
    READ(.arguments = {"--tls-cert", "c"}, .environment = {"STELLAR_TLS_KEY=k"},
         .json = "{\"servers\":{\"tcp\":{\"secure\":false}}}");
    assert_int_equal(NUMBER(secure), 1);
}


static void tls_can_be_switched_off_where_the_certificate_is_named(void **state)
{
    (void)state;
    READ(.json = "{\"servers\":{\"tcp\":{\"secure\":false,\"serverOptions\":{\"cert\":"
                 "\"c\",\"key\":\"k\"}}}}");
    assert_int_equal(NUMBER(secure), 0);
}


static void tls_without_certificate_or_key_is_refused(void **state)
{
    (void)state;
    REFUSED("--tls-cert: expected its key, too (--tls-key, or "
            "servers.tcp.serverOptions.key)",
            .arguments = {"--tls-cert", "c"});
    REFUSED("STELLAR_TLS_KEY: expected its certificate, too (--tls-cert, or "
            "servers.tcp.serverOptions.cert)",
            .environment = {"STELLAR_TLS_KEY=k"});
    REFUSED("file: line 1, column 29: servers.tcp.secure: 'true': expected a "
            "certificate and its key, too "
            "(--tls-cert and --tls-key, or cert and key in servers.tcp.serverOptions)",
            .json = "{\"servers\":{\"tcp\":{\"secure\":true}}}");
}


static void certificates_of_clients_need_one_of_the_server(void **state)
{
    (void)state;
    READ(.arguments = {"--tls-cert", "c", "--tls-key", "k", "--tls-client-ca", "a"});
    assert_int_equal(NUMBER(tls_client_auth), STELLAR_CLIENT_AUTH_REQUIRED);
    READ(.arguments = {"--tls-cert", "c", "--tls-key", "k", "--tls-client-ca", "a",
                       "--tls-client-auth", "optional"});
    assert_int_equal(NUMBER(tls_client_auth), STELLAR_CLIENT_AUTH_OPTIONAL);
    REFUSED("--tls-client-ca: expected a certificate and key of the server, too "
            "(--tls-cert and --tls-key, or cert and key in servers.tcp.serverOptions)",
            .arguments = {"--tls-client-ca", "a"});
    REFUSED("--tls-client-auth: expected the authorities of clients, too "
            "(--tls-client-ca, or servers.tcp.serverOptions.ca)",
            .arguments = {"--tls-cert", "c", "--tls-key", "k", "--tls-client-auth",
                          "required"});
}


static void of_socket_and_address_the_higher_source_wins(void **state)
{
    (void)state;
    READ(.arguments = {"--unix", "/s"}, .environment = {"STELLAR_PORT=1"});
    assert_string_equal(TEXT(unix_path), "/s");
    tear_down(NULL);
    set_up(NULL);
    READ(.arguments = {"--port", "1"}, .environment = {"STELLAR_UNIX=/s"});
    assert_null(TEXT(unix_path));
}


static void socket_and_address_together_are_refused(void **state)
{
    (void)state;
    REFUSED("--unix: expected either a Unix socket or an address and port, not both",
            .arguments = {"--unix", "/s", "--bind-ip", "::1"});
}


static void the_soft_limit_is_not_above_the_hard_one(void **state)
{
    (void)state;
    REFUSED("STELLAR_OUTPUT_SOFT_LIMIT: '5': expected no more than the hard limit, 4",
            .environment = {"STELLAR_OUTPUT_SOFT_LIMIT=5"},
            .arguments = {"--output-hard-limit", "4"});
    REFUSED("--output-hard-limit: '4': expected no less than the soft limit, 262144",
            .arguments = {"--output-hard-limit", "4"});
    REFUSED("file: line 1, column 38: servers.tcp.outputHardLimit: '4': expected no "
            "less than the soft limit, 262144",
            .json = "{\"servers\":{\"tcp\":{\"outputHardLimit\":4}}}");
}


static void a_setting_knows_where_it_was_given(void **state)
{
    (void)state;
    READ(.arguments = {"--threads", "2", "--room", "a", "--room", "b"},
         .environment = {"STELLAR_ID=i", "STELLAR_MODULE=m,./n", "STELLAR_THREADS=3"},
         .json = PORT_IN_FILE);
    assert_string_equal(settings.all[STELLAR__OPTION_backlog].place,
                        "servers.tcp.backlog");
    assert_string_equal(settings.all[STELLAR__OPTION_port].place,
                        "file: line 1, column 27: servers.tcp.port");
    assert_string_equal(settings.all[STELLAR__OPTION_id].place, "STELLAR_ID");
    assert_string_equal(settings.all[STELLAR__OPTION_threads].place, "--threads");
    assert_string_equal(settings.all[STELLAR__OPTION_room].items[1].place, "--room");
    assert_string_equal(settings.all[STELLAR__OPTION_module].items[1].place,
                        "STELLAR_MODULE");
}


static void an_error_about_a_file_is_put_down_to_its_setting(void **state)
{
    char error[STELLAR__SETTINGS_ERROR_MAX] = "k.pem: the key does not fit c.pem";
    char both[STELLAR__SETTINGS_ERROR_MAX] = "b.pem: is empty";
    char other[STELLAR__SETTINGS_ERROR_MAX] = "out of memory";
    char small[12] = "k.pem: x";

    (void)state;
    READ(.arguments = {"--tls-cert", "c.pem"},
         .environment = {"STELLAR_TLS_KEY=k.pem"});
    stellar__settings_blame(&settings, error, sizeof error);
    assert_string_equal(error, "STELLAR_TLS_KEY: k.pem: the key does not fit c.pem");
    stellar__settings_blame(&settings, other, sizeof other);
    assert_string_equal(other, "out of memory");
    stellar__settings_blame(&settings, small, sizeof small);
    assert_string_equal(small, "STELLAR_TLS");
    READ(.arguments = {"--tls-cert", "b.pem", "--tls-key", "b.pem"});
    stellar__settings_blame(&settings, both, sizeof both);
    assert_string_equal(both, "--tls-cert, --tls-key: b.pem: is empty");
}


static void strange_variables_are_found(void **state)
{
    char *environment[] = {"PATH=x",          "STELLAR_PORT=1", "STELLAR_PRT=1",
                           "STELLAR_CONFIG=", "STELLAR_=",      NULL};
    char *const *found = stellar__environment_unknown(environment);

    (void)state;
    assert_ptr_equal(found, &environment[2]);
    found = stellar__environment_unknown(found + 1);
    assert_ptr_equal(found, &environment[4]);
    assert_null(stellar__environment_unknown(found + 1));
}


#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_given_means_the_defaults),
        TEST(defaults_agree_with_the_library),
        TEST(the_file_wins_over_the_default),
        TEST(the_environment_wins_over_the_file),
        TEST(the_command_line_wins_over_the_environment),
        TEST(a_bad_value_is_refused_even_if_it_would_not_count),
        TEST(of_an_option_given_twice_the_last_counts),
        TEST(a_list_of_a_higher_source_replaces_the_lower_ones),
        TEST(an_empty_list_in_the_environment_means_none),
        TEST(a_switch_may_stand_alone_or_have_a_value),
        TEST(a_delimiter_takes_c_escapes),
        TEST(a_bad_number_is_refused),
        TEST(a_bad_word_is_refused),
        TEST(a_bad_address_is_refused),
        TEST(a_bad_room_is_refused),
        TEST(a_bad_delimiter_is_refused),
        TEST(a_bad_text_is_refused),
        TEST(an_unknown_option_is_refused),
        TEST(a_certificate_and_its_key_mean_tls),
        TEST(tls_can_be_switched_off_where_the_certificate_is_named),
        TEST(tls_without_certificate_or_key_is_refused),
        TEST(certificates_of_clients_need_one_of_the_server),
        TEST(of_socket_and_address_the_higher_source_wins),
        TEST(socket_and_address_together_are_refused),
        TEST(the_soft_limit_is_not_above_the_hard_one),
        TEST(a_setting_knows_where_it_was_given),
        TEST(an_error_about_a_file_is_put_down_to_its_setting),
        TEST(strange_variables_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
