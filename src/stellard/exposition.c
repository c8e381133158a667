#include "exposition.h"

#include <inttypes.h>
#include <string.h>
#include <sys/resource.h>
#include <uv.h>

#include "stellar/version.h"

struct number {
    const char *name;
    const char *type;
    const char *suffix; /* by convention counters have one */
    const char *text;
    size_t offset; /* in struct stellar_stats */
};

#define TYPE_COUNTER   "counter"
#define TYPE_GAUGE     "gauge"
#define SUFFIX_COUNTER "_total"
#define SUFFIX_GAUGE   ""

static const struct number numbers[] = {
#define XX(field, kind, text) \
    {#field, TYPE_##kind, SUFFIX_##kind, text, offsetof(struct stellar_stats, field)},
    STELLAR_STATS(XX)
#undef XX
};

#define NUMBERS (sizeof numbers / sizeof numbers[0])


static uint64_t value_of(const struct stellar_stats *stats, const struct number *number)
{
    uint64_t value;

    memcpy(&value, (const char *)stats + number->offset, sizeof value);
    return value;
}


/* The name for the kind of lines at this index of stats->lines. */
static const char *line_kind(size_t kind)
{
    switch (kind) {
    case STELLAR_NO_VERB:
        return "refused";
    case STELLAR_ACTION:
        return "action";
    case STELLAR_LINE_JSON:
        return "json";
    default:
        return stellar_verb_name((enum stellar_verb)kind);
    }
}


static void head(FILE *out, const char *name, const char *suffix, const char *type,
                 const char *text)
{
    fprintf(out, "# HELP stellar_%s%s %s.\n# TYPE stellar_%s%s %s\n", name, suffix,
            text, name, suffix, type);
}


static void expose_arrays(const struct stellar_stats *stats, FILE *out)
{
    size_t i;

    head(out, "lines", "_total", "counter",
         "Lines received, by verb; or calls of an action by name or in JSON; or "
         "refused");
    for (i = 0; i < STELLAR_LINE_KINDS; i++) {
        fprintf(out, "stellar_lines_total{kind=\"%s\"} %" PRIu64 "\n", line_kind(i),
                stats->lines[i]);
    }
    head(out, "errors", "_total", "counter", "Errors answered, by code");
    for (i = 1; i < STELLAR_ERROR_CODES; i++) {
        fprintf(out, "stellar_errors_total{code=\"%s\"} %" PRIu64 "\n",
                stellar_error_code_text((enum stellar_error_code)i), stats->errors[i]);
    }
}


static void expose_times(const char *name, const char *text,
                         const struct stellar_times *times, FILE *out)
{
    uint64_t sum = 0;
    size_t i;

    head(out, name, "", "histogram", text);
    for (i = 0; i + 1 < STELLAR_TIMES_COUNTS; i++) {
        sum += times->counts[i];
        fprintf(out, "stellar_%s_bucket{le=\"%.6f\"} %" PRIu64 "\n", name,
                (double)STELLAR_TIMES_BOUND(i) / 1e6, sum);
    }
    sum += times->counts[i];
    fprintf(out, "stellar_%s_bucket{le=\"+Inf\"} %" PRIu64 "\n", name, sum);
    fprintf(out, "stellar_%s_sum %.6f\n", name, (double)times->sum / 1e6);
    fprintf(out, "stellar_%s_count %" PRIu64 "\n", name, sum);
}


/* The names are those of Prometheus' own client libraries. */
static void expose_process(FILE *out)
{
    struct rusage usage;
    size_t resident;

    if (getrusage(RUSAGE_SELF, &usage) == 0) {
        fprintf(out,
                "# HELP process_cpu_seconds_total Processor time used.\n"
                "# TYPE process_cpu_seconds_total counter\n"
                "process_cpu_seconds_total %.6f\n",
                (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                    (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6);
    }
    if (uv_resident_set_memory(&resident) == 0) {
        fprintf(out,
                "# HELP process_resident_memory_bytes Memory that is resident.\n"
                "# TYPE process_resident_memory_bytes gauge\n"
                "process_resident_memory_bytes %zu\n",
                resident);
    }
}


void stellar__expose(const struct stellar_server *server, FILE *out)
{
    struct stellar_stats stats;
    size_t i;

    stellar_server_stats(server, &stats);
    head(out, "build_info", "", "gauge", "Always 1; the version is its label");
    fprintf(out, "stellar_build_info{version=\"%s\"} 1\n", STELLAR_VERSION);
    head(out, "uptime_seconds", "", "gauge", "Time since the server was made");
    fprintf(out, "stellar_uptime_seconds %.3f\n",
            (double)stellar_server_uptime(server) / 1e3);
    for (i = 0; i < NUMBERS; i++) {
        head(out, numbers[i].name, numbers[i].suffix, numbers[i].type, numbers[i].text);
        fprintf(out, "stellar_%s%s %" PRIu64 "\n", numbers[i].name, numbers[i].suffix,
                value_of(&stats, &numbers[i]));
    }
    expose_arrays(&stats, out);
    expose_times("line_seconds",
                 "Time from when a loop woke up to read a line until "
                 "what the line caused was handed to the system",
                 &stats.line_times, out);
    expose_times("action_seconds",
                 "Time from when a loop woke up to read the call of an action until it "
                 "was answered",
                 &stats.action_times, out);
    expose_process(out);
}


/* Prints "line_times 12, on average 0.021 ms, half within 0.016 ms, 99 % within 0.128
 * ms". */
static void print_times(const char *name, const struct stellar_times *times,
                        void (*say)(void *data, const char *line), void *data)
{
    const double parts[] = {0.5, 0.99};
    double within[2] = {0, 0};
    uint64_t sum = 0;
    uint64_t seen = 0;
    char line[160];
    size_t i;
    size_t p;

    for (i = 0; i < STELLAR_TIMES_COUNTS; i++) {
        sum += times->counts[i];
    }
    if (sum == 0) {
        return;
    }
    for (i = 0; i < STELLAR_TIMES_COUNTS; i++) {
        seen += times->counts[i];
        for (p = 0; p < 2; p++) {
            if (within[p] == 0 && (double)seen >= parts[p] * (double)sum) {
                within[p] = (double)STELLAR_TIMES_BOUND(i) / 1e3;
            }
        }
    }
    snprintf(line, sizeof line,
             "%s %" PRIu64 ", on average %.3f ms, half within %.3f ms, 99 %% within "
             "%.3f ms",
             name, sum, (double)times->sum / (double)sum / 1e3, within[0], within[1]);
    say(data, line);
}


static void print_number(const char *name, const char *which, uint64_t value,
                         void (*say)(void *data, const char *line), void *data)
{
    char line[160];

    if (value == 0) {
        return;
    }
    snprintf(line, sizeof line, "%s%s%s %" PRIu64, name, which[0] != '\0' ? " " : "",
             which, value);
    say(data, line);
}


void stellar__print_stats(const struct stellar_stats *stats,
                          void (*say)(void *data, const char *line), void *data)
{
    size_t i;

    for (i = 0; i < NUMBERS; i++) {
        print_number(numbers[i].name, "", value_of(stats, &numbers[i]), say, data);
    }
    for (i = 0; i < STELLAR_LINE_KINDS; i++) {
        print_number("lines", line_kind(i), stats->lines[i], say, data);
    }
    for (i = 1; i < STELLAR_ERROR_CODES; i++) {
        print_number("errors", stellar_error_code_text((enum stellar_error_code)i),
                     stats->errors[i], say, data);
    }
    print_times("line_times", &stats->line_times, say, data);
    print_times("action_times", &stats->action_times, say, data);
}
