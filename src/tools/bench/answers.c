/*
 * Implementation notes
 *
 * A reader that cannot keep up would measure itself. So an answer costs one memchr (for
 * the last byte of the end) and one comparison, if no text is expected in it.
 *
 * The tail is copied to the front of the new bytes. So an end or an expected text that
 * was split over two reads is in one piece again, and there is no special case. The
 * last bytes of a piece may turn out to belong to an end, so they are searched for the
 * expected text only with the next piece. That is why `keep` is nearly the sum of both
 * lengths.
 */
#include "answers.h"

#include <string.h>


void stellar__answer_shape_settle(struct stellar__answer_shape *shape)
{
    shape->keep = shape->end_length - 1;
    if (shape->expect != NULL) {
        shape->keep += shape->expect_length - 1;
    }
}


static bool holds(const struct stellar__answer_shape *shape,
                  const struct stellar__answer_stream *stream, const char *begin,
                  const char *end)
{
    return stream->holds || shape->expect == NULL ||
           memmem(begin, (size_t)(end - begin), shape->expect, shape->expect_length) !=
               NULL;
}


static void tell_unexpected(struct stellar__answer_tally *tally, const char *begin,
                            const char *end)
{
    size_t length = (size_t)(end - begin);

    if (tally->unexpected++ > 0) {
        return;
    }
    if (length > sizeof tally->shown) {
        length = sizeof tally->shown;
    }
    memcpy(tally->shown, begin, length);
    tally->shown_length = length;
}


static void keep_tail(const struct stellar__answer_shape *shape,
                      struct stellar__answer_stream *stream, const char *begin,
                      const char *end)
{
    size_t length = (size_t)(end - begin);

    if (shape->expect != NULL && length >= shape->end_length) {
        stream->holds = holds(shape, stream, begin, end - (shape->end_length - 1));
    }
    if (length > shape->keep) {
        length = shape->keep;
    }
    memcpy(stream->tail, end - length, length);
    stream->tail_length = length;
}


uint64_t stellar__answers_count(const struct stellar__answer_shape *shape,
                                struct stellar__answer_stream *stream, char *bytes,
                                size_t length, struct stellar__answer_tally *tally)
{
    const char last = shape->end[shape->end_length - 1];
    const char *end = bytes + length;
    const char *scan = bytes;
    const char *begin = bytes - stream->tail_length;
    const char *found;
    const char *close;
    uint64_t count = 0;

    memcpy(bytes - stream->tail_length, stream->tail, stream->tail_length);
    while (scan < end && (found = memchr(scan, last, (size_t)(end - scan))) != NULL) {
        scan = found + 1;
        if ((size_t)(scan - begin) < shape->end_length) {
            continue;
        }
        close = scan - shape->end_length;
        if (memcmp(close, shape->end, shape->end_length) != 0) {
            continue;
        }
        count++;
        if (!holds(shape, stream, begin, close)) {
            tell_unexpected(tally, begin, close);
        }
        stream->holds = false;
        begin = scan;
    }
    tally->answers += count;
    keep_tail(shape, stream, begin, end);
    return count;
}
