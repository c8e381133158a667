#include "report.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "stellar/version.h"
#include "text.h"

#define BAR_WIDTH 40
#define MOST_ROWS 30

static const struct {
    const char *name;
    double share;
} percentiles[] = {{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}};

#define PERCENTILES (sizeof percentiles / sizeof percentiles[0])

/* A row of the histogram for people: times below a limit, and not below the last one.
 */
struct row {
    uint64_t below;
    uint64_t count;
};


void stellar__bench_collect(struct stellar__bench_result *result,
                            const struct stellar__worker *workers, size_t count)
{
    const struct stellar__worker *worker;
    uint64_t begun = UINT64_MAX;
    uint64_t ended = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        worker = &workers[i];
        result->sent += worker->sent;
        result->answers += worker->tally.answers;
        result->missing += worker->missing;
        result->unasked += worker->unasked;
        result->bytes_in += worker->bytes_in;
        result->bytes_out += worker->bytes_out;
        if (worker->lost > 0 && result->lost == 0)
            result->lost_reason = worker->lost_reason;
        result->lost += worker->lost;
        result->silent |= worker->silent;
        if (worker->tally.unexpected > 0 && result->unexpected == 0) {
            result->shown_length = worker->tally.shown_length;
            memcpy(result->shown, worker->tally.shown, result->shown_length);
        }
        result->unexpected += worker->tally.unexpected;
        begun = worker->begun < begun ? worker->begun : begun;
        ended = worker->ended > ended ? worker->ended : ended;
        stellar__histogram_add(&result->times, &worker->times);
    }
    result->duration = ended > begun ? ended - begun : 0;
}


bool stellar__bench_flawless(const struct stellar__bench_result *result)
{
    return result->missing == 0 && result->unexpected == 0 && result->unasked == 0 &&
           result->lost == 0;
}


const char *stellar__grouped(uint64_t number, char text[STELLAR__GROUPED_MAX])
{
    char *at = text + STELLAR__GROUPED_MAX - 1;
    int digits = 0;

    *at = '\0';
    do {
        if (digits > 0 && digits % 3 == 0)
            *--at = ',';
        *--at = (char)('0' + number % 10);
        number /= 10;
        digits++;
    } while (number > 0);
    return at;
}


static double per_second(const struct stellar__bench_result *result)
{
    return result->duration == 0
               ? 0
               : (double)result->times.count * 1e9 / (double)result->duration;
}


static double mean(const struct stellar__histogram *times)
{
    return times->count == 0 ? 0 : times->sum / (double)times->count;
}


/* A time with three digits that count. */
static const char *show_time(double nanoseconds, char text[STELLAR__GROUPED_MAX])
{
    static const char *const units[] = {"ns", "us", "ms", "s"};
    size_t unit = 0;

    while (nanoseconds >= 999.5 && unit < 3) {
        nanoseconds /= 1000;
        unit++;
    }
    snprintf(text, STELLAR__GROUPED_MAX, "%.*f %s",
             unit == 0 || nanoseconds >= 99.95 ? 0
             : nanoseconds >= 9.995            ? 1
                                               : 2,
             nanoseconds, units[unit]);
    return text;
}


static size_t fill_rows(const struct stellar__histogram *times, const unsigned *scale,
                        size_t steps, struct row *rows)
{
    uint64_t first = stellar__histogram_percentile(times, 0.001);
    uint64_t last = stellar__histogram_percentile(times, 0.999);
    uint64_t power = 1;
    uint64_t below;
    size_t count = 0;
    size_t step = 0;

    do {
        below = scale[step] * power;
        if (++step == steps) {
            step = 0;
            power *= 10;
        }
        if (below <= first)
            continue;
        rows[count].below = below;
        rows[count++].count = stellar__histogram_below(times, below);
    } while (below <= last && count < MOST_ROWS);
    return count;
}


/* Rows with round limits, as fine as they fit. The first and the last also take what is
 * beyond, a thousandth of the times each. */
static size_t make_rows(const struct stellar__histogram *times,
                        struct row rows[MOST_ROWS + 1])
{
    static const unsigned fine[] = {10, 12, 15, 20, 25, 30, 40, 50, 60, 80};
    static const unsigned coarse[] = {10, 20, 50};
    size_t count = fill_rows(times, fine, sizeof fine / sizeof fine[0], rows);
    size_t i;

    if (count == MOST_ROWS)
        count = fill_rows(times, coarse, sizeof coarse / sizeof coarse[0], rows);
    if (count == 0 || rows[count - 1].count < times->count) {
        rows[count].below = times->largest + 1;
        rows[count++].count = times->count;
    }
    for (i = count - 1; i > 0; i--)
        rows[i].count -= rows[i - 1].count;
    return count;
}


static void put_histogram(const struct stellar__histogram *times, FILE *out)
{
    static const char bar[BAR_WIDTH + 1] = "########################################";
    struct row rows[MOST_ROWS + 1];
    char text[STELLAR__GROUPED_MAX];
    uint64_t most = 1;
    size_t count;
    size_t i;

    count = make_rows(times, rows);
    for (i = 0; i < count; i++)
        most = rows[i].count > most ? rows[i].count : most;
    fprintf(out, "\n   latency below    share\n");
    for (i = 0; i < count; i++)
        fprintf(out, "  %14s  %6.2f %%  %.*s\n", show_time((double)rows[i].below, text),
                100 * (double)rows[i].count / (double)times->count,
                (int)(rows[i].count * BAR_WIDTH / most), bar);
}


static void put_errors(const struct stellar__bench_result *result, FILE *out)
{
    char text[STELLAR__GROUPED_MAX];
    char shown[2 * STELLAR__ANSWER_SHOWN];

    if (result->missing > 0)
        fprintf(out, "  missing      %s answers did not come\n",
                stellar__grouped(result->missing, text));
    if (result->lost > 0)
        fprintf(out, "  lost         %s connections: %s\n",
                stellar__grouped(result->lost, text),
                result->lost_reason == 0 ? "closed by the server"
                                         : strerror(result->lost_reason));
    if (result->silent)
        fprintf(out, "  gave up      no answer within the timeout\n");
    if (result->unasked > 0)
        fprintf(out, "  unasked      %s lines answer no request\n",
                stellar__grouped(result->unasked, text));
    if (result->unexpected > 0) {
        stellar__escape(STELLAR__ESCAPE_PLAIN, result->shown, result->shown_length,
                        shown, sizeof shown);
        fprintf(out, "  unexpected   %s answers do not contain '%s'; the first: %s\n",
                stellar__grouped(result->unexpected, text),
                result->options->shape.expect, shown);
    }
}


void stellar__bench_report_text(const struct stellar__bench_result *result, FILE *out)
{
    const struct stellar__bench_options *options = result->options;
    const struct stellar__histogram *times = &result->times;
    char text[STELLAR__GROUPED_MAX];
    size_t i;

    fprintf(out, "%s, %zu connections, %zu deep, %zu thread%s\n\n", result->target,
            options->connections, options->pipeline, options->threads,
            options->threads > 1 ? "s" : "");
    fprintf(out, "  requests     %s", stellar__grouped(result->sent, text));
    fprintf(out, ", answers %s", stellar__grouped(result->answers, text));
    fprintf(out, ", measured %s in %.3f s\n", stellar__grouped(times->count, text),
            (double)result->duration / 1e9);
    put_errors(result, out);
    if (times->count == 0)
        return;
    fprintf(out, "  throughput   %s answers/s\n",
            stellar__grouped((uint64_t)(per_second(result) + 0.5), text));
    fprintf(out, "  latency      min %s", show_time((double)times->smallest, text));
    fprintf(out, ", mean %s", show_time(mean(times), text));
    for (i = 0; i < PERCENTILES; i++)
        fprintf(out, ", %s %s", percentiles[i].name,
                show_time(
                    (double)stellar__histogram_percentile(times, percentiles[i].share),
                    text));
    fprintf(out, ", max %s\n", show_time((double)times->largest, text));
    put_histogram(times, out);
}


static void put_json_text(const char *text, size_t length, FILE *out)
{
    char escaped[STELLAR__ESCAPED_MAX];
    size_t used;
    size_t size;

    fputc('"', out);
    for (; length > 0; text += used, length -= used) {
        used = stellar__escape_one(STELLAR__ESCAPE_JSON, text, length, escaped, &size);
        fwrite(escaped, 1, size, out);
    }
    fputc('"', out);
}


static void put_json_latency(const struct stellar__histogram *times, FILE *out)
{
    struct row rows[MOST_ROWS + 1];
    size_t count = times->count > 0 ? make_rows(times, rows) : 0;
    size_t i;

    fprintf(out, ",\"latency\":{\"unit\":\"us\",\"min\":%.3f,\"mean\":%.3f",
            (double)times->smallest / 1e3, mean(times) / 1e3);
    for (i = 0; i < PERCENTILES; i++)
        fprintf(out, ",\"%s\":%.3f", percentiles[i].name,
                (double)stellar__histogram_percentile(times, percentiles[i].share) /
                    1e3);
    fprintf(out, ",\"max\":%.3f},\"histogram\":[", (double)times->largest / 1e3);
    for (i = 0; i < count; i++)
        fprintf(out, "%s{\"below\":%.3f,\"answers\":%" PRIu64 "}", i > 0 ? "," : "",
                (double)rows[i].below / 1e3, rows[i].count);
    fputs("]", out);
}


void stellar__bench_report_json(const struct stellar__bench_result *result, FILE *out)
{
    const struct stellar__bench_options *options = result->options;

    fputs("{\"program\":\"stellar-bench\",\"version\":\"" STELLAR_VERSION
          "\",\"target\":",
          out);
    put_json_text(result->target, strlen(result->target), out);
    fprintf(out, ",\"connections\":%zu,\"pipeline\":%zu,\"threads\":%zu",
            options->connections, options->pipeline, options->threads);
    fprintf(out,
            ",\"requests\":%" PRIu64 ",\"answers\":%" PRIu64 ",\"measured\":%" PRIu64
            ",\"missing\":%" PRIu64 ",\"unexpected\":%" PRIu64 ",\"unasked\":%" PRIu64
            ",\"lostConnections\":%" PRIu64 ",\"gaveUp\":%s",
            result->sent, result->answers, result->times.count, result->missing,
            result->unexpected, result->unasked, result->lost,
            result->silent ? "true" : "false");
    if (result->unexpected > 0) {
        fputs(",\"firstUnexpected\":", out);
        put_json_text(result->shown, result->shown_length, out);
    }
    fprintf(out,
            ",\"bytesOut\":%" PRIu64 ",\"bytesIn\":%" PRIu64
            ",\"seconds\":%.6f,\"perSecond\":%.1f",
            result->bytes_out, result->bytes_in, (double)result->duration / 1e9,
            per_second(result));
    put_json_latency(&result->times, out);
    fputs("}\n", out);
}
