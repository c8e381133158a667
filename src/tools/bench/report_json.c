#include "report.h"

#include <inttypes.h>
#include <string.h>

#include "rows.h"
#include "stellar/version.h"
#include "text.h"


static void put_text(const char *text, size_t length, FILE *out)
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


static void put_number(const char *key, uint64_t number, FILE *out)
{
    fprintf(out, ",\"%s\":%" PRIu64, key, number);
}


static void put_what(const struct stellar__bench_result *result, FILE *out)
{
    const struct stellar__bench_options *options = result->options;

    fputs("{\"program\":\"stellar-bench\",\"version\":\"" STELLAR_VERSION
          "\",\"target\":",
          out);
    put_text(result->target, strlen(result->target), out);
    fprintf(out, ",\"mode\":\"%s\",\"tls\":%s", result->mode->name,
            options->tls ? "true" : "false");
    put_number("connections", options->connections, out);
    put_number("pipeline", options->pipeline, out);
    put_number("threads", options->threads, out);
    if (options->rate > 0) {
        put_number("rate", options->rate, out);
    }
    if (!options->chat) {
        return;
    }
    put_number("members",
               options->connections - (options->outside ? options->senders : 0), out);
    put_number("rooms", options->rooms, out);
    put_number("senders", options->senders, out);
    put_number("size", options->size, out);
}


static void put_counts(const struct stellar__bench_result *result, FILE *out)
{
    if (result->options->idle > 0) {
        put_number("opened", result->ready, out);
    } else {
        put_number(result->mode->sent_noun, result->sent, out);
        put_number(result->mode->noun, result->answers, out);
        put_number("measured", result->times.count, out);
        put_number("missing", result->missing, out);
        put_number("unexpected", result->unexpected, out);
        put_number("unasked", result->unasked, out);
        put_number("disordered", result->disordered, out);
    }
    put_number("lostConnections", result->lost, out);
    if (result->options->tls) {
        put_number("resumed", result->resumed, out);
    }
    fprintf(out, ",\"gaveUp\":%s", result->silent ? "true" : "false");
    if (result->unexpected > 0) {
        fputs(",\"firstUnexpected\":", out);
        put_text(result->shown, result->shown_length, out);
    }
}


static void put_server(const struct stellar__bench_result *result, FILE *out)
{
    if (result->options->pid == 0) {
        return;
    }
    fprintf(out,
            ",\"server\":{\"pid\":%zu,\"processorSeconds\":%.6f,"
            "\"processorNanosecondsEach\":%.1f,\"residentBefore\":%" PRIu64
            ",\"resident\":%" PRIu64 ",\"residentEach\":%.1f}",
            result->options->pid,
            ((double)result->after.processor - (double)result->opened.processor) / 1e9,
            stellar__bench_processor_each(result), result->before.resident,
            result->after.resident, stellar__bench_resident_each(result));
}


static void put_latency(const struct stellar__histogram *times, FILE *out)
{
    struct stellar__row rows[STELLAR__ROWS_MOST + 1];
    size_t count = times->count > 0 ? stellar__rows_make(times, rows) : 0;
    size_t i;

    fprintf(out, ",\"latency\":{\"unit\":\"us\",\"min\":%.3f,\"mean\":%.3f",
            (double)times->smallest / 1e3,
            times->count == 0 ? 0 : times->sum / (double)times->count / 1e3);
    for (i = 0; i < STELLAR__PERCENTILES; i++) {
        fprintf(out, ",\"%s\":%.3f", stellar__percentiles[i].name,
                (double)stellar__histogram_percentile(times,
                                                      stellar__percentiles[i].share) /
                    1e3);
    }
    fprintf(out, ",\"max\":%.3f},\"histogram\":[", (double)times->largest / 1e3);
    for (i = 0; i < count; i++) {
        fprintf(out, "%s{\"below\":%.3f,\"answers\":%" PRIu64 "}", i > 0 ? "," : "",
                (double)rows[i].below / 1e3, rows[i].count);
    }
    fputs("]", out);
}


void stellar__bench_report_json(const struct stellar__bench_result *result, FILE *out)
{
    put_what(result, out);
    put_counts(result, out);
    if (result->options->idle > 0) {
        fprintf(out, ",\"openingSeconds\":%.6f", (double)result->opening / 1e9);
    } else {
        put_number("bytesOut", result->bytes_out, out);
        put_number("bytesIn", result->bytes_in, out);
        fprintf(out, ",\"seconds\":%.6f,\"perSecond\":%.1f",
                (double)result->duration / 1e9, stellar__bench_per_second(result));
        put_latency(&result->times, out);
    }
    put_server(result, out);
    fputs("}\n", out);
}
