/* Other protocols: section 1 of the protocol, by words instead of bytes. */
#include <string.h>

#include "reference.h"

struct word {
    const char *text;
    size_t length;
};


static bool is_line_end(char byte)
{
    return byte == '\r' || byte == '\n';
}


static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}


static bool is(struct word word, const char *text)
{
    return word.length == strlen(text) && memcmp(word.text, text, word.length) == 0;
}


/* Cuts a line into its first four words. Returns how many of these there are. */
static size_t cut(const char *line, size_t length, struct word words[4])
{
    size_t count = 0;
    size_t at = 0;

    while (count < 4) {
        while (at < length && is_blank(line[at])) {
            at++;
        }
        if (at == length) {
            break;
        }
        words[count].text = line + at;
        while (at < length && !is_blank(line[at])) {
            at++;
        }
        words[count].length = (size_t)(line + at - words[count].text);
        count++;
    }
    return count;
}


static bool is_method(struct word word)
{
    static const char signs[] = "!#$%&'*+-.^_`|~";
    struct stellar_command command;
    size_t i;

    for (i = 0; i < word.length; i++) {
        char byte = word.text[i];

        if (!(byte >= '0' && byte <= '9') && !(byte >= 'A' && byte <= 'Z') &&
            !(byte >= 'a' && byte <= 'z') &&
            memchr(signs, byte, sizeof signs - 1) == NULL) {
            return false;
        }
    }
    memset(&command, 0, sizeof command);
    reference_line(word.text, word.length, &command);
    return command.verb == STELLAR_ACTION;
}


static bool is_version(struct word word, const char *protocol)
{
    size_t length = strlen(protocol);

    return word.length > length && memcmp(word.text, protocol, length) == 0 &&
           word.text[length] >= '0' && word.text[length] <= '9';
}


static enum stellar_foreign request(const char *line, size_t length)
{
    struct word words[4];

    if (cut(line, length, words) != 3 || !is_method(words[0])) {
        return STELLAR_NOT_FOREIGN;
    }
    if (is_version(words[2], "HTTP/")) {
        return STELLAR_FOREIGN_HTTP;
    }
    if (is_version(words[2], "RTSP/")) {
        return STELLAR_FOREIGN_RTSP;
    }
    return is_version(words[2], "SIP/") ? STELLAR_FOREIGN_SIP : STELLAR_NOT_FOREIGN;
}


/* Checks a line that ends with its second word so far. */
static enum stellar_foreign header(const char *line, size_t length)
{
    struct word words[4];

    if (cut(line, length, words) != 2 || !is(words[0], "PROXY") ||
        words[1].text != words[0].text + 6 || words[0].text[5] != ' ' ||
        words[1].text + words[1].length != line + length) {
        return STELLAR_NOT_FOREIGN;
    }
    return is(words[1], "TCP4") || is(words[1], "TCP6") || is(words[1], "UNKNOWN")
               ? STELLAR_FOREIGN_PROXY
               : STELLAR_NOT_FOREIGN;
}


enum stellar_foreign reference_opening(const char *bytes, size_t length)
{
    size_t begin = 0;
    size_t end = 0;
    struct word words[4];

    if (length == 2 && memcmp(bytes, "\x16\x03", 2) == 0) {
        return STELLAR_FOREIGN_TLS;
    }
    if (length == 6 && memcmp(bytes, "\r\n\r\n\0\r", 6) == 0) {
        return STELLAR_FOREIGN_PROXY;
    }
    /* Checks the first line that is not blank. The last byte may be its end. */
    for (;;) {
        begin = end;
        if (length - end >= 3 && memcmp(bytes + end, "\xef\xbb\xbf", 3) == 0) {
            begin = end + 3;
        }
        for (end = begin; end < length && !is_line_end(bytes[end]); end++) {
            continue;
        }
        if (end == length || cut(bytes + begin, end - begin, words) > 0) {
            break;
        }
        end++;
    }
    if (end < length - 1 || length == begin) {
        return STELLAR_NOT_FOREIGN;
    }
    if (end == length - 1) {
        enum stellar_foreign protocol = request(bytes + begin, end - begin);

        return protocol != STELLAR_NOT_FOREIGN ? protocol
                                               : header(bytes + begin, end - begin);
    }
    return is_blank(bytes[end - 1]) ? header(bytes + begin, end - 1 - begin)
                                    : STELLAR_NOT_FOREIGN;
}
