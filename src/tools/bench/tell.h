/* What the process says about itself: on standard error, and by its exit status. */
#ifndef STELLAR_BENCH_TELL_H
#define STELLAR_BENCH_TELL_H

enum stellar__bench_exit {
    STELLAR__BENCH_OK,
    STELLAR__BENCH_WRONG, /* it ran, but answers are missing or wrong */
    STELLAR__BENCH_USAGE,
    STELLAR__BENCH_FAILED /* it could not run */
};

/* Prints one line on standard error, after the program's name. */
__attribute__((format(printf, 1, 2))) void stellar__bench_tell(const char *format, ...);

#endif
