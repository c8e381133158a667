/*
 * Replays files, and the files of folders, through a fuzz target, so that corpora and
 * regressions are tests in every build:
 *
 *     fuzz-TARGET-replay [--times NUMBER] FILE-OR-FOLDER...
 *
 * With --times each is replayed that often, in turns, and the program prints how many
 * of them a second of processor time takes.
 */
#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
    uint8_t *data;
    size_t size;
};

static struct input *inputs;
static size_t count;
static size_t capacity;


static void fail(const char *path)
{
    perror(path);
    exit(2);
}


static void read_file(const char *path, size_t size)
{
    FILE *file = fopen(path, "rb");
    struct input input = {(uint8_t *)malloc(size > 0 ? size : 1), size};

    if (count == capacity) {
        capacity = 2 * capacity + 64;
        inputs = (struct input *)realloc(inputs, capacity * sizeof *inputs);
    }
    if (file == NULL || input.data == NULL || inputs == NULL ||
        fread(input.data, 1, size, file) != size) {
        fail(path);
    }
    fclose(file);
    inputs[count++] = input;
}


static void read_all(const char *path)
{
    char name[4096];
    struct dirent *entry;
    struct stat status;
    DIR *folder;

    if (stat(path, &status) != 0) {
        fail(path);
    }
    if (!S_ISDIR(status.st_mode)) {
        read_file(path, (size_t)status.st_size);
        return;
    }
    folder = opendir(path);
    if (folder == NULL) {
        fail(path);
    }
    while ((entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        if (snprintf(name, sizeof name, "%s/%s", path, entry->d_name) >=
            (int)sizeof name) {
            fail(path);
        }
        read_all(name);
    }
    closedir(folder);
}


static void replay(unsigned long times)
{
    clock_t begun = clock();
    double seconds;
    unsigned long i;
    size_t j;

    for (i = 0; i < times; i++) {
        for (j = 0; j < count; j++) {
            LLVMFuzzerTestOneInput(inputs[j].data, inputs[j].size);
        }
    }
    seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
    printf("%zu inputs replayed", count);
    if (times > 1) {
        printf(" %lu times, %.0f a second", times,
               (double)count * (double)times / seconds);
    }
    putchar('\n');
}


int main(int argc, char **argv)
{
    unsigned long times = 1;
    size_t j;
    int i = 1;

    if (argc > 2 && strcmp(argv[1], "--times") == 0) {
        times = strtoul(argv[2], NULL, 10);
        i = 3;
    }
    for (; i < argc; i++) {
        read_all(argv[i]);
    }
    replay(times);
    for (j = 0; j < count; j++) {
        free(inputs[j].data);
    }
    free(inputs);
    return count > 0 && times > 0 ? 0 : 2;
}
