#include "modules.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A folder that does not begin with a slash is seen from the program's own. */
static const char *const folders[] = {"modules", STELLAR_MODULE_FOLDER_FROM_PROGRAM,
                                      STELLAR_MODULE_FOLDER};
#define FOLDER_COUNT (sizeof folders / sizeof folders[0])


static void program_folder(char *out, size_t capacity)
{
    ssize_t length = readlink("/proc/self/exe", out, capacity - 1);
    char *slash;

    out[length > 0 ? length : 0] = '\0';
    slash = strrchr(out, '/');
    if (slash != NULL) {
        *slash = '\0';
    }
}


/* Finds the file of a bare name. On failure error says where it was looked for. */
static bool find(const char *name, char path[PATH_MAX], char *error, size_t capacity)
{
    char program[PATH_MAX];
    int said = snprintf(error, capacity, "module '%s': not found; looked for", name);
    size_t used = said > 0 ? (size_t)said : 0;
    size_t i;

    program_folder(program, sizeof program);
    for (i = 0; i < FOLDER_COUNT; i++) {
        bool absolute = folders[i][0] == '/';
        int length = snprintf(path, PATH_MAX, "%s%s%s/%s.so", absolute ? "" : program,
                              absolute ? "" : "/", folders[i], name);

        if (length < 0 || length >= PATH_MAX) {
            continue;
        }
        if (access(path, F_OK) == 0) {
            return true;
        }
        if (used < capacity) {
            said = snprintf(error + used, capacity - used, "%s %s", i == 0 ? "" : ",",
                            path);
            used += said > 0 ? (size_t)said : 0;
        }
    }
    return false;
}


/* dlsym() returns functions as pointers to objects, between which C has no cast. */
static stellar_module_init_fn *find_init(void *handle)
{
    union {
        void *object;
        stellar_module_init_fn *function;
    } symbol;

    symbol.object = dlsym(handle, STELLAR_MODULE_INIT);
    return symbol.object == NULL ? NULL : symbol.function;
}


static bool load(struct stellar__modules *modules, const char *name,
                 struct stellar_server *server, char *error, size_t capacity)
{
    char path[PATH_MAX];
    char reason[256] = "";
    stellar_module_init_fn *init;
    void *handle;

    if (strchr(name, '/') != NULL) {
        snprintf(path, sizeof path, "%s", name);
    } else if (!find(name, path, error, capacity)) {
        return false;
    }
    handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL) {
        snprintf(error, capacity, "module '%s': %s", name, dlerror());
        return false;
    }
    modules->handles[modules->count++] = handle;
    init = find_init(handle);
    if (init == NULL) {
        snprintf(error, capacity, "module '%s': %s exports no %s()", name, path,
                 STELLAR_MODULE_INIT);
        return false;
    }
    if (init(server, reason, sizeof reason) != 0) {
        snprintf(error, capacity, "module '%s': %s", name, reason);
        return false;
    }
    return true;
}


bool stellar__modules_load(struct stellar__modules *modules,
                           const struct stellar__setting *names,
                           struct stellar_server *server, char *error, size_t capacity)
{
    size_t i;

    modules->count = 0;
    modules->handles = calloc(names->count > 0 ? names->count : 1, sizeof(void *));
    if (modules->handles == NULL) {
        snprintf(error, capacity, "out of memory");
        return false;
    }
    for (i = 0; i < names->count; i++) {
        if (!load(modules, names->items[i].data, server, error, capacity)) {
            return false;
        }
    }
    return true;
}


void stellar__modules_release(struct stellar__modules *modules)
{
    while (modules->count > 0) {
        dlclose(modules->handles[--modules->count]);
    }
    free(modules->handles);
    modules->handles = NULL;
}
