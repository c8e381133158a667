#include "report.h"

#include <string.h>

#include "rows.h"
#include "text.h"

#define BAR_WIDTH 40


static void put_histogram(const struct stellar__histogram *times, FILE *out)
{
    static const char bar[BAR_WIDTH + 1] = "########################################";
    struct stellar__row rows[STELLAR__ROWS_MOST + 1];
    char text[STELLAR__GROUPED_MAX];
    uint64_t most = 1;
    size_t count;
    size_t i;

    count = stellar__rows_make(times, rows);
    for (i = 0; i < count; i++) {
        most = rows[i].count > most ? rows[i].count : most;
    }
    fprintf(out, "\n   latency below    share\n");
    for (i = 0; i < count; i++) {
        fprintf(out, "  %14s  %6.2f %%  %.*s\n",
                stellar__show_time((double)rows[i].below, text),
                100 * (double)rows[i].count / (double)times->count,
                (int)(rows[i].count * BAR_WIDTH / most), bar);
    }
}


static void put_unexpected(const struct stellar__bench_result *result, FILE *out)
{
    char text[STELLAR__GROUPED_MAX];
    char shown[2 * STELLAR__ANSWER_SHOWN];

    stellar__escape(STELLAR__ESCAPE_PLAIN, result->shown, result->shown_length, shown,
                    sizeof shown);
    fprintf(out, "  unexpected   %s %s ", stellar__grouped(result->unexpected, text),
            result->mode->noun);
    if (result->options->expect != NULL) {
        fprintf(out, "do not contain '%s'", result->options->expect);
    } else {
        fputs("are damaged, or somebody else's", out);
    }
    fprintf(out, "; the first: %s\n", shown);
}


static void put_errors(const struct stellar__bench_result *result, FILE *out)
{
    char text[STELLAR__GROUPED_MAX];
    char reason[STELLAR__BENCH_REASON_MAX];

    if (result->missing > 0) {
        fprintf(out, "  missing      %s %s did not come\n",
                stellar__grouped(result->missing, text), result->mode->noun);
    }
    if (result->lost > 0) {
        fprintf(out, "  lost         %s connections: %s\n",
                stellar__grouped(result->lost, text),
                stellar__target_reason(result->lost_reason, reason));
    }
    if (result->silent) {
        fprintf(out, "  gave up      no answer within the timeout\n");
    }
    if (result->unasked > 0) {
        fprintf(out, "  unasked      %s lines answer no request\n",
                stellar__grouped(result->unasked, text));
    }
    if (result->disordered > 0) {
        fprintf(out, "  disordered   %s came again, too late, or after a gap\n",
                stellar__grouped(result->disordered, text));
    }
    if (result->unexpected > 0) {
        put_unexpected(result, out);
    }
}


static void put_server(const struct stellar__bench_result *result, FILE *out)
{
    char text[STELLAR__GROUPED_MAX];
    double each = stellar__bench_processor_each(result);

    if (result->options->pid == 0) {
        return;
    }
    fprintf(out, "  server       processor %s",
            stellar__show_time((double)result->after.processor -
                                   (double)result->opened.processor,
                               text));
    fprintf(out, ", %s for each of the %s; memory %.1f MiB\n",
            stellar__show_time(each, text), result->mode->noun,
            (double)result->after.resident / 1048576);
}


static void put_heading(const struct stellar__bench_result *result, FILE *out)
{
    const struct stellar__bench_options *options = result->options;

    fprintf(out, "%s, %s%s, ", result->target, options->tls ? "TLS, " : "",
            result->mode->name);
    if (options->chat) {
        fprintf(out, "%zu members in %zu room%s, %zu sender%s, messages of %zu bytes, ",
                options->connections - (options->outside ? options->senders : 0),
                options->rooms, options->rooms > 1 ? "s" : "", options->senders,
                options->senders > 1 ? "s" : "", options->size);
    } else {
        fprintf(out, "%zu connections, ", options->connections);
    }
    if (options->rate > 0) {
        fprintf(out, "%llu a second, ", (unsigned long long)options->rate);
    } else if (!options->handshakes) {
        fprintf(out, "%zu deep, ", options->pipeline);
    }
    fprintf(out, "%zu thread%s\n\n", options->threads, options->threads > 1 ? "s" : "");
}


static void put_latency(const struct stellar__histogram *times, FILE *out)
{
    char text[STELLAR__GROUPED_MAX];
    size_t i;

    fprintf(out, "  latency      min %s",
            stellar__show_time((double)times->smallest, text));
    fprintf(out, ", mean %s",
            stellar__show_time(times->sum / (double)times->count, text));
    for (i = 0; i < STELLAR__PERCENTILES; i++) {
        fprintf(out, ", %s %s", stellar__percentiles[i].name,
                stellar__show_time((double)stellar__histogram_percentile(
                                       times, stellar__percentiles[i].share),
                                   text));
    }
    fprintf(out, ", max %s\n", stellar__show_time((double)times->largest, text));
}


static void put_idle(const struct stellar__bench_result *result, FILE *out)
{
    const struct stellar__bench_options *options = result->options;
    char text[STELLAR__GROUPED_MAX];

    fprintf(out, "%s, %s%s idle connections%s%s", result->target,
            options->tls ? "TLS, " : "", stellar__grouped(result->ready, text),
            options->join.data != NULL ? ", in a room" : "",
            options->tls_resume ? ", resumed" : "");
    fprintf(out, ", opened in %s\n\n",
            stellar__show_time((double)result->opening, text));
    put_errors(result, out);
    if (options->pid == 0) {
        return;
    }
    fprintf(
        out, "  memory       %.1f KiB before, %.1f KiB now, %.3f KiB a connection\n",
        (double)result->before.resident / 1024, (double)result->opened.resident / 1024,
        stellar__bench_resident_each(result) / 1024);
    fprintf(out, "  processor    %s a connection\n",
            stellar__show_time(stellar__bench_processor_each(result), text));
}


void stellar__bench_report_text(const struct stellar__bench_result *result, FILE *out)
{
    const struct stellar__histogram *times = &result->times;
    char text[STELLAR__GROUPED_MAX];

    if (result->options->idle > 0) {
        put_idle(result, out);
        return;
    }
    put_heading(result, out);
    fprintf(out, "  %-12s %s", result->mode->sent_noun,
            stellar__grouped(result->sent, text));
    fprintf(out, ", %s %s", result->mode->noun,
            stellar__grouped(result->answers, text));
    fprintf(out, ", measured %s in %.3f s\n", stellar__grouped(times->count, text),
            (double)result->duration / 1e9);
    if (result->options->tls) {
        fprintf(out, "  resumed      %s of", stellar__grouped(result->resumed, text));
    }
    if (result->options->tls) {
        fprintf(out, " %s handshakes\n", stellar__grouped(result->shaken, text));
    }
    put_errors(result, out);
    if (times->count == 0) {
        return;
    }
    fprintf(out, "  throughput   %s %s/s\n",
            stellar__grouped((uint64_t)(stellar__bench_per_second(result) + 0.5), text),
            result->mode->noun);
    put_server(result, out);
    put_latency(times, out);
    put_histogram(times, out);
}
