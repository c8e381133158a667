#include "http_request.h"

#include <string.h>
#include <strings.h>


void stellar__http_request_init(struct stellar__http_request *request)
{
    request->length = request->line = request->begin = request->end = 0;
}


char *stellar__http_request_room(struct stellar__http_request *request, size_t *room)
{
    *room = sizeof request->bytes - request->length;
    return request->bytes + request->length;
}


/* Handles the line that ends at the LF. One empty line may come before the request line
 * (RFC 9112, section 2.2); after it, an empty line ends the request. */
static enum stellar__http_progress end_line(struct stellar__http_request *request,
                                            size_t at)
{
    size_t end = at;
    bool is_empty;

    if (end > request->line && request->bytes[end - 1] == '\r') {
        end--;
    }
    is_empty = end == request->line;
    if (request->end > 0 && is_empty) {
        return STELLAR__HTTP_WHOLE;
    }
    if (request->end == 0 && is_empty && request->line > 0) {
        return STELLAR__HTTP_MALFORMED;
    }
    if (request->end == 0 && !is_empty) {
        request->begin = request->line;
        request->end = end;
    }
    request->line = at + 1;
    return STELLAR__HTTP_MORE;
}


/* Control characters are not text, except a tab, and a CR before a LF. Bytes above
 * ASCII are allowed in a header field. */
static bool is_text(const struct stellar__http_request *request, size_t at)
{
    unsigned char byte = (unsigned char)request->bytes[at];

    if (at > 0 && request->bytes[at - 1] == '\r' && byte != '\n') {
        return false;
    }
    return (byte >= ' ' && byte != 0x7f) || byte == '\t' || byte == '\r' ||
           byte == '\n';
}


enum stellar__http_progress stellar__http_request_take(
    struct stellar__http_request *request, size_t length)
{
    size_t end = request->length + length;
    enum stellar__http_progress progress = STELLAR__HTTP_MORE;

    for (; request->length < end && progress == STELLAR__HTTP_MORE; request->length++) {
        if (!is_text(request, request->length)) {
            progress = STELLAR__HTTP_MALFORMED;
        } else if (request->bytes[request->length] == '\n') {
            progress = end_line(request, request->length);
        }
    }
    if (progress == STELLAR__HTTP_MORE && request->length == sizeof request->bytes) {
        progress = STELLAR__HTTP_TOO_LONG;
    }
    return progress;
}


/* Returns the bytes up to a space and skips that, or all bytes if there is no space. */
static struct stellar_slice cut_word(struct stellar_slice *rest)
{
    const char *space = memchr(rest->data, ' ', rest->length);
    struct stellar_slice word = *rest;

    if (space != NULL) {
        word.length = (size_t)(space - rest->data);
        rest->length -= word.length + 1;
        rest->data = space + 1;
    } else {
        rest->data += rest->length;
        rest->length = 0;
    }
    return word;
}


static bool is_word(struct stellar_slice slice, const char *word)
{
    return slice.length == strlen(word) && memcmp(slice.data, word, slice.length) == 0;
}


/* Every minor version gets an answer as 1.1 does (RFC 9110, section 2.5). */
static bool is_version(struct stellar_slice slice)
{
    static const char major[] = "HTTP/1.";
    size_t length = sizeof major - 1;

    return slice.length == length + 1 && memcmp(slice.data, major, length) == 0 &&
           slice.data[length] >= '0' && slice.data[length] <= '9';
}


static size_t length_up_to(struct stellar_slice slice, const char *ends)
{
    size_t length = 0;

    while (length < slice.length && strchr(ends, slice.data[length]) == NULL) {
        length++;
    }
    return length;
}


/* Removes scheme and host from a target in absolute form (RFC 9112, section 3.2.2).
 * Returns false if it has no host. */
static bool cut_host(struct stellar_slice *target)
{
    static const char *const schemes[] = {"http://", "https://"};
    size_t i;

    for (i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        size_t length = strlen(schemes[i]);

        if (target->length > length &&
            strncasecmp(target->data, schemes[i], length) == 0) {
            target->data += length;
            target->length -= length;
            length = length_up_to(*target, "/?");
            target->data += length;
            target->length -= length;
            return length > 0;
        }
    }
    return false;
}


bool stellar__http_request_read(const struct stellar__http_request *request,
                                struct stellar__http_target *target)
{
    struct stellar_slice line = {request->bytes + request->begin,
                                 request->end - request->begin};
    struct stellar_slice method = cut_word(&line);
    struct stellar_slice path = cut_word(&line);

    target->is_head = is_word(method, "HEAD");
    target->is_other_method = !target->is_head && !is_word(method, "GET");
    target->path = (struct stellar_slice){"/", 1};
    if (method.length == 0 || path.length == 0 || !is_version(line)) {
        return false;
    }
    if (target->is_other_method) {
        return true; /* with other methods the target may have another form */
    }
    if (path.data[0] != '/' && !cut_host(&path)) {
        return false;
    }
    path.length = length_up_to(path, "?");
    if (path.length > 0) {
        target->path = path;
    }
    return true;
}
