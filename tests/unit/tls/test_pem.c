/* The forms of PEM that are read (RFC 7468, section 3), and the errors for others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tls_internal.h"

#define BEGIN(name) "-----BEGIN " name "-----"
#define END(name)   "-----END " name "-----"

static const char damaged[] = "a PEM block is damaged";
static const char cut[] = "a PEM block has no end; the file is truncated";

/* "A[616263]B()": wanted blocks, and blocks that were not wanted. */
static char seen[4096];


static void see(const char *text)
{
    assert_true(strlen(seen) + strlen(text) < sizeof seen);
    strcat(seen, text);
}


/* A block whose name begins with an exclamation mark is not wanted. */
static bool begin(void *data, const char *name)
{
    (void)data;
    see(name);
    see(name[0] == '!' ? "()" : "[");
    return name[0] != '!';
}


static void append(void *data, const void *bytes, size_t length)
{
    char hex[3];
    size_t i;

    (void)data;
    for (i = 0; i < length; i++) {
        snprintf(hex, sizeof hex, "%02x", ((const unsigned char *)bytes)[i]);
        see(hex);
    }
}


static void end(void *data)
{
    (void)data;
    see("]");
}


static const char *read_text(const char *text, size_t length)
{
    /* The block has exactly this length, so that sanitizers see reads beyond it. */
    char *copy = malloc(length + 1);
    const struct stellar__text_file file = {copy, length, copy};
    const struct stellar__tls_pem_reader reader = {begin, append, end, NULL};
    const char *wrong;

    seen[0] = '\0';
    memcpy(copy, text, length + 1);
    wrong = stellar__tls_pem_read(&file, &reader);
    free(copy);
    return wrong;
}


static void read_as(const char *text, const char *blocks)
{
    const char *wrong = read_text(text, strlen(text));

    assert_string_equal(wrong ? wrong : seen, blocks);
}


static void white_space_at_the_ends_of_lines_does_not_matter(void **state)
{
    static const char *const ends[] = {"\n",    "\r\n",   "\r",     " \n",    "\t\r\n",
                                       " \t\r", "\f\r\n", "\v \n ", "\r\r\n", "\n\n\n"};
    char text[512];
    size_t i;

    (void)state;
    for (i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        snprintf(text, sizeof text,
                 BEGIN("A") "%sYWJj%sZGU=%s" END("A") "%s" BEGIN("B") "%seA==%s" END(
                     "B") "%s",
                 ends[i], ends[i], ends[i], ends[i], ends[i], ends[i], ends[i]);
        read_as(text, "A[6162636465]B[78]");
    }
}


static void white_space_may_stand_anywhere_but_in_a_boundary(void **state)
{
    (void)state;
    read_as("  " BEGIN("A") " Y W\tJ j \n ZGU = \n  " END("A") "  ", "A[6162636465]");
    read_as(BEGIN("A") "eA=\n=" END("A"), "A[78]");
    read_as(BEGIN("A") "YWJj" END("A"), "A[616263]");
    read_as(BEGIN("A") END("A"), "A[]");
}


static void lines_may_have_any_length(void **state)
{
    char text[2048];
    size_t used = (size_t)snprintf(text, sizeof text, "%s", BEGIN("A") "\n");
    int i;

    (void)state;
    for (i = 0; i < 300; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "AAAA");
    }
    snprintf(text + used, sizeof text - used, END("A"));
    assert_null(read_text(text, strlen(text)));
    assert_int_equal(strlen(seen), strlen("A[]") + (size_t)300 * 6);
}


static void blocks_may_follow_each_other_without_a_line_end(void **state)
{
    (void)state;
    read_as(BEGIN("A") "\nYWJj\n" END("A") BEGIN("B") "\neA==\n" END("B"),
            "A[616263]B[78]");
}


static void a_byte_order_mark_may_stand_where_files_were_joined(void **state)
{
    (void)state;
    read_as(
        BEGIN("A") "\neA==\n" END("A") "\n\xef\xbb\xbf" BEGIN("B") "\neA==\n" END("B"),
        "A[78]B[78]");
    read_as(
        BEGIN("A") "\neA==\n" END("A") "\xef\xbb\xbf" BEGIN("B") "\neA==\n" END("B"),
        "A[78]B[78]");
    read_as(BEGIN("A") "\n\xef\xbb\xbf\x65\x41==\n" END("A"), damaged);
}


static void text_outside_of_blocks_is_skipped(void **state)
{
    (void)state;
    read_as("Subject: CN=x\n  Issuer -----BEGIN A----- \n" BEGIN("A") "\neA==\n" END(
                "A") " and more " BEGIN("B") "\nthe end",
            "A[78]");
    read_as("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----\n",
            "");
    read_as("-----BEGIN A----\nAAAA\n-----END A----\n", "");
    read_as("-----BEGIN A\xc3\xa9-----\nAAAA\n", "");
    read_as("-----BEGIN A\n-----\nAAAA\n", "");
    read_as("-----END A-----\n", "");
    read_as("\n", "");
}


static void the_end_may_have_another_name(void **state)
{
    (void)state;
    read_as(BEGIN("A") "eA==" END("B"), "A[78]");
    read_as("-----BEGIN -----eA==-----END -----", "[78]");
}


static void a_block_that_is_not_wanted_is_skipped_whatever_is_in_it(void **state)
{
    (void)state;
    read_as(BEGIN("!A") "\nProc-Type: 4,ENCRYPTED\nDEK-Info: x\n\n@--@\n" END(
                "!A") "\n" BEGIN("B") "\neA==\n" END("B"),
            "!A()B[78]");
    read_as(BEGIN("!A") "\n" END("!A"), "!A()");
    read_as(BEGIN("!A") "\nAAAA", cut);
    read_as(BEGIN("!A") "\nAAAA\n" BEGIN("B") "\nAAAA\n" END("B"), cut);
}


static void a_name_of_any_length_is_cut(void **state)
{
    char text[512];
    char name[301];

    (void)state;
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    snprintf(text, sizeof text, BEGIN("%s") "eA==" END("A"), name);
    assert_null(read_text(text, strlen(text)));
    assert_int_equal(strlen(seen), 63 + strlen("[78]"));
}


static void all_characters_of_base64_are_read(void **state)
{
    (void)state;
    read_as(
        BEGIN("A") "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+"
                   "/" END("A"),
        "A["
        "00108310518720928b30d38f41149351559761969b71d79f8218a39259a7a29aabb2dbafc31cb3"
        "d35db7e39ebbf3dfbf]");
}


static void no_other_characters_are(void **state)
{
    static const char base64[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/ \t\r\n\v\f";
    char text[] = BEGIN("A") "AAA?AAAA\n" END("A");
    char *at = strchr(text, '?');
    int byte;

    (void)state;
    for (byte = 0; byte < 256; byte++) {
        bool good = byte != 0 && strchr(base64, byte) != NULL;

        *at = (char)byte;
        if (good && strchr(" \t\r\n\v\f", byte) != NULL) {
            memcpy(at + 1, "AAAAA", 5);
        }
        assert_true((read_text(text, sizeof text - 1) == NULL) == good);
        memcpy(at + 1, "AAAA\n", 5);
    }
}


static void padding_must_be_right(void **state)
{
    (void)state;
    read_as(BEGIN("A") "eA" END("A"), damaged);
    read_as(BEGIN("A") "eA=" END("A"), damaged);
    read_as(BEGIN("A") "e===" END("A"), damaged);
    read_as(BEGIN("A") "====" END("A"), damaged);
    read_as(BEGIN("A") "YWJj=" END("A"), damaged);
    read_as(BEGIN("A") "eA==YWJj" END("A"), damaged);
    read_as(BEGIN("A") "e=A=" END("A"), damaged);
    read_as(BEGIN("A") "eA==\n=" END("A"), damaged);
}


static void a_file_that_was_cut_is_told_as_such(void **state)
{
    static const char whole[] = BEGIN("A") "\nYWJj\nZGU=\n" END("A");
    size_t begun = sizeof BEGIN("A") - 1;
    size_t length;

    (void)state;
    for (length = 0; length < begun; length++) {
        assert_null(read_text(whole, length));
        assert_string_equal(seen, "");
    }
    for (; length < sizeof whole - 1; length++) {
        const char *wrong = read_text(whole, length);

        assert_non_null(wrong);
        assert_string_equal(wrong, cut);
    }
    assert_null(read_text(whole, length));
}


static void a_boundary_that_is_bent_is_told(void **state)
{
    (void)state;
    read_as(BEGIN("A") "\nAAAA\n-----FIN A-----\n", damaged);
    read_as(BEGIN("A") "\nAAAA\n----END A-----\n", damaged);
    read_as(BEGIN("A") "\nAAAA\n-----END A----\n", damaged);
    read_as(BEGIN("A") "\nAA@A\n" END("A") "\n", damaged);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_space_at_the_ends_of_lines_does_not_matter),
        cmocka_unit_test(white_space_may_stand_anywhere_but_in_a_boundary),
        cmocka_unit_test(lines_may_have_any_length),
        cmocka_unit_test(blocks_may_follow_each_other_without_a_line_end),
        cmocka_unit_test(a_byte_order_mark_may_stand_where_files_were_joined),
        cmocka_unit_test(text_outside_of_blocks_is_skipped),
        cmocka_unit_test(the_end_may_have_another_name),
        cmocka_unit_test(a_block_that_is_not_wanted_is_skipped_whatever_is_in_it),
        cmocka_unit_test(a_name_of_any_length_is_cut),
        cmocka_unit_test(all_characters_of_base64_are_read),
        cmocka_unit_test(no_other_characters_are),
        cmocka_unit_test(padding_must_be_right),
        cmocka_unit_test(a_file_that_was_cut_is_told_as_such),
        cmocka_unit_test(a_boundary_that_is_bent_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
