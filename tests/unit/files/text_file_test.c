/* Text files: which kinds of files are read, and what their text is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "text_file.h"

enum { MOST = 100 };

static char folder[] = "/tmp/stellar-text-file-XXXXXX";
static char path[sizeof folder + 16];


static int set_up(void **state)
{
    (void)state;
    strcpy(folder + sizeof folder - sizeof "XXXXXX", "XXXXXX");
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/file", folder);
    return 0;
}


static int tear_down(void **state)
{
    (void)state;
    if (rmdir(path) != 0) {
        unlink(path);
    }
    return rmdir(folder);
}


static void write_file(const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
}


static void expect_text(const char *text, size_t length)
{
    struct stellar__text_file file;
    char fault[128] = "";

    assert_int_equal(
        stellar__text_file_read(&file, NULL, path, MOST, fault, sizeof fault), 0);
    assert_int_equal(file.length, length);
    assert_memory_equal(file.text, text, length);
    assert_int_equal(file.text[length], '\0');
    stellar__text_file_release(&file, NULL);
    stellar__text_file_release(&file, NULL);
}


static void expect_fault(const char *name, const char *expected)
{
    struct stellar__text_file file;
    char fault[128] = "";

    assert_int_equal(
        stellar__text_file_read(&file, NULL, name, MOST, fault, sizeof fault),
        STELLAR_ERR_SYSTEM);
    assert_string_equal(fault, expected);
    assert_null(file.memory);
}


#define TEXT(written, read)                       \
    do {                                          \
        write_file(written, sizeof(written) - 1); \
        expect_text(read, sizeof(read) - 1);      \
    } while (0)
#define FAULT(written, fault)                     \
    do {                                          \
        write_file(written, sizeof(written) - 1); \
        expect_fault(path, fault);                \
    } while (0)


static void text_is_read_as_it_is(void **state)
{
    (void)state;
    TEXT("{}\r\n", "{}\r\n");
    TEXT("\xc3\xa9", "\xc3\xa9");
    TEXT("x\0y", "x\0y");
    TEXT(" ", " ");
}


static void a_byte_order_mark_at_the_beginning_is_left_out(void **state)
{
    (void)state;
    TEXT("\xef\xbb\xbf{}", "{}");
    TEXT("\xef\xbb\xbf\xef\xbb\xbf{}", "\xef\xbb\xbf{}");
    TEXT(" \xef\xbb\xbf{}", " \xef\xbb\xbf{}");
    TEXT("\xef\xbb{}", "\xef\xbb{}");
}


static void a_file_without_text_is_empty(void **state)
{
    (void)state;
    FAULT("", "is empty");
    FAULT("\xef\xbb\xbf", "is empty");
}


static void other_encodings_are_named(void **state)
{
    static const char utf16[] = "is encoded as UTF-16; expected UTF-8";
    static const char utf32[] = "is encoded as UTF-32; expected UTF-8";

    (void)state;
    FAULT("\xff\xfe{\0}\0", utf16);
    FAULT("\xfe\xff\0{\0}", utf16);
    FAULT("{\0}\0", utf16);
    FAULT("\0{\0}", utf16);
    FAULT("\xff\xfe", utf16);
    FAULT("\xff\xfe\x1f\x04", utf16);
    FAULT("\xff\xfe\0\0{\0\0\0", utf32);
    FAULT("\0\0\xfe\xff\0\0\0{", utf32);
    FAULT("{\0\0\0", utf32);
    FAULT("\0\0\0{", utf32);
}


static void bytes_that_are_no_other_encoding_are_left_to_the_reader(void **state)
{
    (void)state;
    TEXT("\0", "\0");
    TEXT("\0\0\0\0", "\0\0\0\0");
    TEXT("{}\0\0", "{}\0\0");
    TEXT("\xff{}", "\xff{}");
}


static void the_limit_is_exact(void **state)
{
    char bytes[MOST + 1];

    (void)state;
    memset(bytes, 'x', sizeof bytes);
    write_file(bytes, MOST);
    expect_text(bytes, MOST);
    write_file(bytes, MOST + 1);
    expect_fault(path, "is larger than 100 bytes");
}


static void only_regular_files_are_read(void **state)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);

    (void)state;
    expect_fault("/dev/zero", "is a device; expected a regular file");
    expect_fault("/dev/null", "is a device; expected a regular file");
    expect_fault(folder, "is a directory; expected a regular file");
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    assert_int_equal(
        bind(descriptor, (const struct sockaddr *)&address, sizeof address), 0);
    expect_fault(path, "is a socket; expected a regular file");
    close(descriptor);
    unlink(path);
    /* No process writes to it, so a reader that waits would wait forever. */
    assert_int_equal(mkfifo(path, 0600), 0);
    expect_fault(path, "is a FIFO; expected a regular file");
}


static void a_link_is_what_it_leads_to(void **state)
{
    char target[sizeof folder + 16];

    (void)state;
    assert_int_equal(symlink("/dev/zero", path), 0);
    expect_fault(path, "is a device; expected a regular file");
    unlink(path);
    assert_int_equal(symlink(path, path), 0);
    expect_fault(path, "Too many levels of symbolic links");
    unlink(path);
    snprintf(target, sizeof target, "%s/target", folder);
    assert_int_equal(symlink("target", path), 0);
    expect_fault(path, "No such file or directory");
    write_file("{}", 2); /* through the link */
    expect_text("{}", 2);
    unlink(target);
}


static void a_path_that_leads_nowhere_is_told(void **state)
{
    (void)state;
    expect_fault(path, "No such file or directory");
    expect_fault("", "No such file or directory");
    expect_fault("/dev/null/file", "Not a directory");
}


static void *allocate_nothing(void *context, size_t size)
{
    (void)context;
    (void)size;
    return NULL;
}


static void memory_may_be_missing(void **state)
{
    const struct stellar_allocator none = {.allocate = allocate_nothing};
    struct stellar__text_file file;
    char fault[128];

    (void)state;
    assert_int_equal(
        stellar__text_file_read(&file, &none, path, MOST, fault, sizeof fault),
        STELLAR_ERR_NO_MEMORY);
    stellar__text_file_release(&file, &none);
}


#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_is_read_as_it_is),
        TEST(a_byte_order_mark_at_the_beginning_is_left_out),
        TEST(a_file_without_text_is_empty),
        TEST(other_encodings_are_named),
        TEST(bytes_that_are_no_other_encoding_are_left_to_the_reader),
        TEST(the_limit_is_exact),
        TEST(only_regular_files_are_read),
        TEST(a_link_is_what_it_leads_to),
        TEST(a_path_that_leads_nowhere_is_told),
        TEST(memory_may_be_missing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
