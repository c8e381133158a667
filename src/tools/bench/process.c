#include "process.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PATH_MAX_HERE 320
#define STEP_NS       50000000
#define CALM          6   /* steps without a change */
#define PATIENCE      100 /* steps */


static bool read_text(const char *path, char *text, size_t capacity)
{
    FILE *file = fopen(path, "r");
    size_t length;

    if (file == NULL) {
        return false;
    }
    length = fread(text, 1, capacity - 1, file);
    text[length] = '\0';
    fclose(file);
    return length > 0;
}


/* Returns nanoseconds, if the kernel has them; it gives them for each thread. */
static bool look_at_threads(size_t pid, uint64_t *processor)
{
    char path[PATH_MAX_HERE];
    char text[128];
    struct dirent *entry;
    DIR *folder;

    snprintf(path, sizeof path, "/proc/%zu/task", pid);
    folder = opendir(path);
    if (folder == NULL) {
        return false;
    }
    *processor = 0;
    while ((entry = readdir(folder)) != NULL) {
        snprintf(path, sizeof path, "/proc/%zu/task/%s/schedstat", pid, entry->d_name);
        if (entry->d_name[0] != '.' && read_text(path, text, sizeof text)) {
            *processor += strtoull(text, NULL, 10);
        }
    }
    closedir(folder);
    return *processor > 0;
}


/* Returns a field of a line that begins with field 1, or NULL if it does not exist. */
static const char *find_field(const char *line, int field)
{
    for (; field > 1 && line != NULL; field--) {
        line = strchr(line, ' ');
        line = line != NULL ? line + 1 : NULL;
    }
    return line;
}


/* Otherwise there are hundredths of a second, in fields 14 and 15 of the line. They are
 * counted after the program's name, which is field 2 and may contain any byte. */
static bool look_at_stat(size_t pid, uint64_t *processor)
{
    char path[PATH_MAX_HERE];
    char text[1024];
    const char *at;
    char *next;
    uint64_t user;

    snprintf(path, sizeof path, "/proc/%zu/stat", pid);
    if (!read_text(path, text, sizeof text)) {
        return false;
    }
    at = strrchr(text, ')');
    at = at != NULL ? find_field(at, 13) : NULL;
    if (at == NULL) {
        return false;
    }
    user = strtoull(at, &next, 10);
    *processor = (user + strtoull(next, NULL, 10)) *
                 (1000000000 / (uint64_t)sysconf(_SC_CLK_TCK));
    return true;
}


static bool look_at_memory(size_t pid, uint64_t *resident)
{
    char path[PATH_MAX_HERE];
    char text[2048];
    const char *at;

    /* Exact, but only allowed for a user who may trace the process. */
    snprintf(path, sizeof path, "/proc/%zu/smaps_rollup", pid);
    if (read_text(path, text, sizeof text) && (at = strstr(text, "\nRss:")) != NULL) {
        *resident = strtoull(at + 5, NULL, 10) * 1024;
        return true;
    }
    snprintf(path, sizeof path, "/proc/%zu/statm", pid);
    at = read_text(path, text, sizeof text) ? find_field(text, 2) : NULL;
    if (at == NULL) {
        return false;
    }
    *resident = strtoull(at, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE);
    return true;
}


bool stellar__process_look(size_t pid, struct stellar__process *process)
{
    errno = 0;
    if ((look_at_threads(pid, &process->processor) ||
         look_at_stat(pid, &process->processor)) &&
        look_at_memory(pid, &process->resident)) {
        return true;
    }
    if (errno == 0) {
        errno = EINVAL;
    }
    return false;
}


bool stellar__process_settled(size_t pid, struct stellar__process *process)
{
    const struct timespec step = {0, STEP_NS};
    uint64_t last = 0;
    int calm = 0;
    int i;

    for (i = 0; i < PATIENCE && calm < CALM; i++) {
        if (!stellar__process_look(pid, process)) {
            return false;
        }
        calm = process->resident == last ? calm + 1 : 0;
        last = process->resident;
        nanosleep(&step, NULL);
    }
    return true;
}
