/* The configuration file: what it may contain, and the texts of its errors. */
#include "fixture.h"

#include <stdio.h>

#define TCP(members)     "{\"servers\":{\"tcp\":{" members "}}}"
#define GENERAL(members) "{\"general\":{" members "}}"


static void all_types_of_values_are_read(void **state)
{
    (void)state;
    READ(.json =
             "{\"servers\":{\"tcp\":{\"enable\":true,\"port\":1,\"setKeepAlive\":true,"
             "\"delimiter\":\"\\u00e9\\n\",\"unixPath\":null}},"
             "\"general\":{\"id\":\"\\\"x\\\"\",\"modules\":[\"a\",\"b\"]},"
             "\"logger\":{\"format\":\"json\"}}");
    assert_int_equal(NUMBER(port), 1);
    assert_int_equal(NUMBER(keep_alive), 1);
    assert_string_equal(TEXT(delimiter), "\xc3\xa9\n");
    assert_null(TEXT(unix_path));
    assert_string_equal(TEXT(id), "\"x\"");
    assert_int_equal(COUNT(module), 2);
    assert_int_equal(NUMBER(log_format), 1);
}


static void rooms_are_an_object_or_an_array(void **state)
{
    (void)state;
    READ(.json = GENERAL("\"startingChatRooms\":{\"a\":{},\"b\":{ }}"));
    assert_int_equal(COUNT(room), 2);
    assert_string_equal(ITEM(room, 1), "b");
    READ(.json = GENERAL("\"startingChatRooms\":[\"c\"]"));
    assert_int_equal(COUNT(room), 1);
    assert_string_equal(ITEM(room, 0), "c");
    READ(.json = GENERAL("\"startingChatRooms\":{}"));
    assert_int_equal(COUNT(room), 0);
}


static void a_room_given_twice_is_told(void **state)
{
    (void)state;
    REFUSED("file: line 1, column 42: general.startingChatRooms: 'a': expected each "
            "room only once",
            .json = GENERAL("\"startingChatRooms\":[\"a\",\"b\",\"a\"]"));
}


static void a_key_with_escapes_is_the_same_key(void **state)
{
    (void)state;
    READ(.json = TCP("\"p\\u006frt\":7"));
    assert_int_equal(NUMBER(port), 7);
}


static void in_the_file_the_socket_wins_over_the_address(void **state)
{
    (void)state;
    READ(.json = TCP("\"port\":1,\"unixPath\":\"/s\""));
    assert_string_equal(TEXT(unix_path), "/s");
}


static void an_unknown_key_is_told_with_those_that_are_known(void **state)
{
    (void)state;
    REFUSED(
        "file: line 3, column 13: servers.tcp.serverOptions.pfx: unknown key (known: "
        "cert, key, ca)",
        .json = "{\"servers\":\n{\"tcp\":{\"serverOptions\":{\n"
                "\"cert\":\"c\", \"pfx\":2}}}}");
    REFUSED("file: line 1, column 2: toString: unknown key (known: servers, general, "
            "logger)",
            .json = "{\"toString\":1}");
    REFUSED("file: line 1, column 2: servers.tcp.port: unknown key (known: servers, "
            "general, logger)",
            .json = "{\"servers.tcp.port\":1}");
}


static void columns_count_characters(void **state)
{
    (void)state;
    REFUSED(
        "file: line 1, column 23: logger.x: unknown key (known: level, format, file)",
        .json = "{\"logger\":{\"file\":\"\xc3\xa9\",\"x\":1}}");
}


static void a_key_given_twice_is_told(void **state)
{
    (void)state;
    REFUSED("file: line 1, column 36: servers.tcp.port: expected only once",
            .json = TCP("\"port\":1,\"port\":2"));
    REFUSED("file: line 2, column 11: servers: expected only once",
            .json = "{\"servers\":{},\n\"servers\":{}}");
}


static void a_value_of_another_type_is_told(void **state)
{
    (void)state;
    REFUSED(
        "file: line 1, column 27: servers.tcp.port: '\"5\"': expected a number from 0 "
        "to 65535",
        .json = TCP("\"port\":\"5\""));
    REFUSED("file: line 1, column 29: servers.tcp.secure: '\"true\"': expected true or "
            "false",
            .json = TCP("\"secure\":\"true\""));
    REFUSED("file: line 1, column 18: general.id: '[]': expected a text of 1 to 255 "
            "bytes, valid UTF-8",
            .json = GENERAL("\"id\":[]"));
    REFUSED("file: line 1, column 23: general.modules: '{}': expected the name of a "
            "module, or a path with a slash",
            .json = GENERAL("\"modules\":{}"));
    REFUSED(
        "file: line 1, column 30: general.welcomeMessage: 'null': expected a text of "
        "0 to 65536 bytes, valid UTF-8",
        .json = GENERAL("\"welcomeMessage\":null"));
    REFUSED("file: line 1, column 34: general.startingChatRooms: expected an empty "
            "object, {}, for each room",
            .json = GENERAL("\"startingChatRooms\":{\"a\":true}"));
    REFUSED("file: line 1, column 12: servers: expected an object",
            .json = "{\"servers\":[]}");
    REFUSED("file: line 2, column 1: expected an object", .json = "\n[]");
}


static void a_server_that_is_not_enabled_is_refused(void **state)
{
    (void)state;
    REFUSED("file: line 1, column 29: servers.tcp.enable: 'false': expected true, for "
            "this program is the TCP server",
            .json = TCP("\"enable\":false"));
}


static void what_is_not_json_is_told_with_its_place(void **state)
{
    static const char *const bad[][2] = {
        {"", "file: line 1, column 1: invalid JSON: expected "},
        {"{\n  \"servers\": {},\n}", "file: line 3, column 1: invalid JSON: expected "},
        {"{}\n{}", "file: line 2, column 1: invalid JSON: expected "},
        {"{\"a\":\"\xff\"}", "file: line 1, column 7: invalid UTF-8: expected "},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(stellar__settings_read_json(&settings, "file", bad[i][0],
                                                 strlen(bad[i][0])));
        assert_memory_equal(settings.error, bad[i][1], strlen(bad[i][1]));
    }
}


static void a_key_of_any_length_is_unknown_and_no_more(void **state)
{
    char json[4096];
    char key[4000];
    int length;

    (void)state;
    memset(key, 'a', sizeof key);
    length = snprintf(json, sizeof json, "{\"%.*s\":1}", (int)sizeof key, key);
    assert_false(stellar__settings_read_json(&settings, "file", json, (size_t)length));
    assert_non_null(strstr(settings.error, "...: unknown key (known: servers"));
}


static void a_file_that_cannot_be_read_is_told(void **state)
{
    (void)state;
    assert_false(
        stellar__settings_read_file(&settings, "--config", "/nonexistent/file"));
    assert_string_equal(settings.error,
                        "--config: '/nonexistent/file': No such file or directory");
    assert_false(stellar__settings_read_file(&settings, "STELLAR_CONFIG", "/"));
    assert_string_equal(settings.error,
                        "STELLAR_CONFIG: '/': is a directory; expected a regular file");
    assert_false(stellar__settings_read_file(&settings, "--config", "/dev/zero"));
    assert_string_equal(settings.error,
                        "--config: '/dev/zero': is a device; expected a regular file");
    assert_false(stellar__settings_read_file(&settings, "STELLAR_CONFIG", ""));
    assert_string_equal(settings.error,
                        "STELLAR_CONFIG: '': expected the path of a file");
}


#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_types_of_values_are_read),
        TEST(rooms_are_an_object_or_an_array),
        TEST(a_room_given_twice_is_told),
        TEST(a_key_with_escapes_is_the_same_key),
        TEST(in_the_file_the_socket_wins_over_the_address),
        TEST(an_unknown_key_is_told_with_those_that_are_known),
        TEST(columns_count_characters),
        TEST(a_key_given_twice_is_told),
        TEST(a_value_of_another_type_is_told),
        TEST(a_server_that_is_not_enabled_is_refused),
        TEST(what_is_not_json_is_told_with_its_place),
        TEST(a_key_of_any_length_is_unknown_and_no_more),
        TEST(a_file_that_cannot_be_read_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
