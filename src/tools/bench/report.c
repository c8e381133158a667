#include "report.h"

#include <string.h>


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
        result->disordered += worker->disordered;
        result->shaken += worker->shaken;
        result->resumed += worker->resumed;
        result->ready += worker->ready;
        result->bytes_in += worker->bytes_in;
        result->bytes_out += worker->bytes_out;
        if (worker->lost > 0 && result->lost == 0) {
            result->lost_reason = worker->lost_reason;
        }
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
           result->disordered == 0 && result->lost == 0;
}


double stellar__bench_per_second(const struct stellar__bench_result *result)
{
    return result->duration == 0
               ? 0
               : (double)result->times.count * 1e9 / (double)result->duration;
}


double stellar__bench_processor_each(const struct stellar__bench_result *result)
{
    bool idle = result->options->idle > 0;
    uint64_t count = idle ? result->ready : result->answers;
    uint64_t spent = idle ? result->opened.processor - result->before.processor
                          : result->after.processor - result->opened.processor;

    return count == 0 || result->options->pid == 0 ? 0 : (double)spent / (double)count;
}


double stellar__bench_resident_each(const struct stellar__bench_result *result)
{
    return result->ready == 0
               ? 0
               : ((double)result->opened.resident - (double)result->before.resident) /
                     (double)result->ready;
}
