#include "modules.h"

#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder that does not begin with a slash is relative to the program's folder. */
static const char *const folders[] = {"modules", STELLAR_MODULE_FOLDER_FROM_PROGRAM,
                                      STELLAR_MODULE_FOLDER};
#define FOLDER_COUNT (sizeof folders / sizeof folders[0])

#define REASON_MAX (PATH_MAX + 256)


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


/* Finds the file for a name without a slash. On failure reason says in which folders it
 * is not. */
static bool find(const char *name, char path[PATH_MAX], char *reason, size_t capacity)
{
    char program[PATH_MAX];
    int said = snprintf(reason, capacity, "not found; looked for");
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
            said = snprintf(reason + used, capacity - used, "%s %s", i == 0 ? "" : ",",
                            path);
            used += said > 0 ? (size_t)said : 0;
        }
    }
    return false;
}


/* This check is needed because dlopen() of a FIFO waits until somebody writes to it. */
static bool is_file(const char *path, char *reason, size_t capacity)
{
    struct stat status;

    if (stat(path, &status) != 0) {
        snprintf(reason, capacity, "%s", strerror(errno));
        return false;
    }
    if (!S_ISREG(status.st_mode)) {
        snprintf(reason, capacity, "%s is not a file", path);
        return false;
    }
    return true;
}


struct place {
    uintptr_t address;
    bool is_code;
};


/* Returns whether the place is in an executable segment of the object. */
static int find_place(struct dl_phdr_info *object, size_t size, void *data)
{
    struct place *place = data;
    size_t i;

    (void)size;
    for (i = 0; i < object->dlpi_phnum && !place->is_code; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];

        place->is_code =
            segment->p_type == PT_LOAD && (segment->p_flags & PF_X) != 0 &&
            place->address - object->dlpi_addr - segment->p_vaddr < segment->p_memsz;
    }
    return place->is_code;
}


/* Returns whether an address is that of data. Linkers may put constants among the code;
 * then only the symbol says what they are. */
static bool is_data(const void *address)
{
    struct place place = {(uintptr_t)address, false};
#ifdef __GLIBC__
    const ElfW(Sym) *symbol = NULL;
    Dl_info info;

    if (dladdr1(address, &info, (void **)&symbol, RTLD_DL_SYMENT) != 0 &&
        symbol != NULL && ELF64_ST_TYPE(symbol->st_info) == STT_OBJECT) {
        return true;
    }
#endif
    dl_iterate_phdr(find_place, &place);
    return !place.is_code;
}


/* C has no cast from a pointer to an object, which dlsym() returns, to a pointer to a
 * function. If this returns NULL, reason says why. */
static stellar_module_init_fn *find_init(void *handle, const char *path, char *reason,
                                         size_t capacity)
{
    union {
        void *object;
        stellar_module_init_fn *function;
    } symbol;

    symbol.object = dlsym(handle, STELLAR_MODULE_INIT);
    if (symbol.object == NULL) {
        snprintf(reason, capacity, "%s exports no %s()", path, STELLAR_MODULE_INIT);
        return NULL;
    }
    if (is_data(symbol.object)) {
        snprintf(reason, capacity, "%s in %s is not a function", STELLAR_MODULE_INIT,
                 path);
        return NULL;
    }
    return symbol.function;
}


/* A module may leave the error empty, or forget its NUL. */
static bool initialize(stellar_module_init_fn *init, struct stellar_server *server,
                       char *reason, size_t capacity)
{
    char text[256 + 1] = "";
    size_t length;
    int status = init(server, text, sizeof text - 1);

    if (status == 0) {
        return true;
    }
    text[sizeof text - 1] = '\0';
    length = strlen(text);
    while (length > 0 && isspace((unsigned char)text[length - 1])) {
        text[--length] = '\0';
    }
    if (length > 0) {
        snprintf(reason, capacity, "%s", text);
    } else {
        snprintf(reason, capacity, "%s() returned %d: %s", STELLAR_MODULE_INIT, status,
                 stellar_status_text(status));
    }
    return false;
}


static bool load(struct stellar__modules *modules, const char *name,
                 struct stellar_server *server, char *reason, size_t capacity)
{
    char path[PATH_MAX];
    stellar_module_init_fn *init;
    void *handle;

    if (strchr(name, '/') != NULL) {
        snprintf(path, sizeof path, "%s", name);
    } else if (!find(name, path, reason, capacity)) {
        return false;
    }
    if (!is_file(path, reason, capacity)) {
        return false;
    }
    handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL) {
        snprintf(reason, capacity, "%s", dlerror());
        return false;
    }
    modules->handles[modules->count++] = handle;
    init = find_init(handle, path, reason, capacity);
    if (init == NULL || !initialize(init, server, reason, capacity)) {
        return false;
    }
    if (stellar_server_address(server)[0] != '\0') {
        snprintf(reason, capacity, "it has made the server listen");
        return false;
    }
    return true;
}


bool stellar__modules_load(struct stellar__modules *modules,
                           const struct stellar__setting *names,
                           struct stellar_server *server, char *error, size_t capacity)
{
    char reason[REASON_MAX];
    size_t i;

    modules->count = 0;
    modules->handles = calloc(names->count > 0 ? names->count : 1, sizeof(void *));
    if (modules->handles == NULL) {
        snprintf(error, capacity, "out of memory");
        return false;
    }
    for (i = 0; i < names->count; i++) {
        const struct stellar__text *name = &names->items[i];

        if (!load(modules, name->data, server, reason, sizeof reason)) {
            snprintf(error, capacity, "%s: '%s': %s", name->place, name->data, reason);
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
