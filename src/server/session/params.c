#include "params.h"

#include "hash.h"
#include "table.h"

struct param {
    struct stellar__link link; /* in the set's table, by name */
    struct param *next;        /* in the order of first insertion */
    struct param *previous;
    struct stellar__shared *value;
    size_t length; /* of name */
    char name[];
};

struct stellar__params {
    const struct stellar_allocator *memory;
    size_t references;
    size_t count;
    size_t bytes;
    struct stellar__table table;
    struct param *first;
    struct param *last;
};

#define PARAM_OF(link_) \
    ((struct param *)(void *)((char *)(link_)-offsetof(struct param, link)))


static size_t hash_of(const char *name, size_t length)
{
    unsigned hash;

    HASH_VALUE(name, length, hash);
    return hash;
}


static size_t hash_param(const struct stellar__link *link)
{
    return hash_of(PARAM_OF(link)->name, PARAM_OF(link)->length);
}


struct stellar__params *stellar__params_keep(struct stellar__params *params)
{
    if (params != NULL)
        params->references++;
    return params;
}


static void free_param(const struct stellar_allocator *memory, struct param *param)
{
    stellar__shared_drop(param->value);
    stellar__release(memory, param);
}


static void remove_param(struct stellar__params *params, struct param *param)
{
    stellar__table_remove(&params->table, &param->link);
    if (param->previous != NULL)
        param->previous->next = param->next;
    else
        params->first = param->next;
    if (param->next != NULL)
        param->next->previous = param->previous;
    else
        params->last = param->previous;
    params->count--;
    params->bytes -= param->length + param->value->length;
    free_param(params->memory, param);
}


void stellar__params_drop(struct stellar__params *params)
{
    struct param *param;

    if (params == NULL || --params->references > 0)
        return;
    while ((param = params->first) != NULL) {
        params->first = param->next;
        free_param(params->memory, param);
    }
    stellar__table_free(&params->table);
    stellar__release(params->memory, params);
}


static struct param *find(const struct stellar__params *params, const char *name,
                          size_t length)
{
    const struct stellar__link *link;

    if (params == NULL)
        return NULL;
    link = stellar__table_chain(&params->table, stellar__table_is_small(&params->table)
                                                    ? 0
                                                    : hash_of(name, length));
    while (link != NULL && (PARAM_OF(link)->length != length ||
                            memcmp(PARAM_OF(link)->name, name, length) != 0))
        link = link->next;
    return link != NULL ? PARAM_OF(link) : NULL;
}


struct stellar__shared *stellar__params_get(const struct stellar__params *params,
                                            const char *name, size_t length)
{
    struct param *param = find(params, name, length);

    return param != NULL ? param->value : NULL;
}


static int add(struct stellar__params *params, const char *name, size_t length,
               struct stellar__shared *value)
{
    struct param *param = stellar__allocate(params->memory, sizeof *param + length);

    if (param == NULL)
        return STELLAR_ERR_NO_MEMORY;
    if (length > 0)
        memcpy(param->name, name, length);
    param->length = length;
    param->value = stellar__shared_keep(value);
    param->next = NULL;
    param->previous = params->last;
    if (params->last != NULL)
        params->last->next = param;
    else
        params->first = param;
    params->last = param;
    stellar__table_add(&params->table, &param->link);
    params->count++;
    params->bytes += length + value->length;
    return STELLAR_OK;
}


static struct stellar__params *new_set(const struct stellar_allocator *memory)
{
    struct stellar__params *params = stellar__allocate_zero(memory, sizeof *params);

    if (params != NULL) {
        params->memory = memory;
        params->references = 1;
        stellar__table_init(&params->table, memory, hash_param);
    }
    return params;
}


/* Makes *params a set that nobody else holds. */
static int make_own(struct stellar__params **params,
                    const struct stellar_allocator *memory)
{
    struct stellar__params *own;
    struct param *param;

    if (*params != NULL && (*params)->references == 1)
        return STELLAR_OK;
    own = new_set(memory);
    if (own == NULL)
        return STELLAR_ERR_NO_MEMORY;
    for (param = *params != NULL ? (*params)->first : NULL; param != NULL;
         param = param->next) {
        if (add(own, param->name, param->length, param->value) != STELLAR_OK) {
            stellar__params_drop(own);
            return STELLAR_ERR_NO_MEMORY;
        }
    }
    stellar__params_drop(*params);
    *params = own;
    return STELLAR_OK;
}


static bool fits(const struct stellar__params *params, const struct param *old,
                 size_t name, size_t value, const struct stellar__params_limits *limits)
{
    size_t count = params != NULL ? params->count : 0;
    size_t bytes = params != NULL ? params->bytes : 0;

    if (old != NULL)
        bytes -= old->value->length;
    else
        bytes += name;
    return count + (old == NULL) <= limits->count && bytes + value <= limits->bytes;
}


int stellar__params_set(struct stellar__params **params,
                        const struct stellar_allocator *memory, const char *name,
                        size_t length, struct stellar__shared *value,
                        const struct stellar__params_limits *limits)
{
    struct param *old = find(*params, name, length);

    if (limits != NULL && !fits(*params, old, length, value->length, limits))
        return STELLAR_ERR_INVALID;
    if (make_own(params, memory) != STELLAR_OK)
        return STELLAR_ERR_NO_MEMORY;
    old = find(*params, name, length);
    if (old == NULL)
        return add(*params, name, length, value);
    (*params)->bytes += value->length - old->value->length;
    stellar__shared_keep(value);
    stellar__shared_drop(old->value);
    old->value = value;
    return STELLAR_OK;
}


int stellar__params_delete(struct stellar__params **params, const char *name,
                           size_t length)
{
    if (find(*params, name, length) == NULL)
        return STELLAR_OK;
    if (make_own(params, (*params)->memory) != STELLAR_OK)
        return STELLAR_ERR_NO_MEMORY;
    remove_param(*params, find(*params, name, length));
    return STELLAR_OK;
}


/* Adds one member of a JSON object, of which the name is plain. */
static int add_plain(struct stellar__params **params,
                     const struct stellar_allocator *memory, struct stellar_slice name,
                     struct stellar_slice text,
                     const struct stellar__params_limits *limits)
{
    struct stellar__shared *value = stellar__shared_new(memory, NULL, text.length);
    int status;

    if (value == NULL)
        return STELLAR_ERR_NO_MEMORY;
    value->length = stellar_json_minify(text, value->data);
    value->data[value->length] = '\0';
    status = stellar__params_set(params, memory, name.data, name.length, value, limits);
    stellar__shared_drop(value);
    return status;
}


static int add_member(struct stellar__params **params,
                      const struct stellar_allocator *memory, struct stellar_slice key,
                      struct stellar_slice text,
                      const struct stellar__params_limits *limits)
{
    struct stellar_slice name = key;
    char *plain;
    int status;

    if (memchr(key.data, '\\', key.length) == NULL)
        return add_plain(params, memory, key, text, limits);
    plain = stellar__allocate(memory, key.length);
    if (plain == NULL)
        return STELLAR_ERR_NO_MEMORY;
    name.data = plain;
    name.length = stellar_json_unescape(key, plain, key.length);
    status = add_plain(params, memory, name, text, limits);
    stellar__release(memory, plain);
    return status;
}


int stellar__params_parse(struct stellar__params **params,
                          const struct stellar_allocator *memory,
                          struct stellar_slice object,
                          const struct stellar__params_limits *limits)
{
    struct stellar_params index;
    struct stellar_slice key;
    struct stellar_value value;
    struct stellar_token few[64];
    struct stellar_token *tokens = few;
    size_t count = stellar_params_open(&index, object, few, 64);
    int status = STELLAR_OK;

    *params = NULL;
    if (count == 0)
        return STELLAR_ERR_INVALID;
    if (count > 64) {
        tokens = stellar__allocate(memory, count * sizeof *tokens);
        if (tokens != NULL)
            stellar_params_open(&index, object, tokens, count);
    }
    *params = new_set(memory);
    if (tokens == NULL || *params == NULL)
        status = STELLAR_ERR_NO_MEMORY;
    while (status == STELLAR_OK && stellar_params_next(&index, &key, &value))
        status = add_member(params, memory, key, value.text, limits);
    if (status != STELLAR_OK) {
        stellar__params_drop(*params);
        *params = NULL;
    }
    if (tokens != few)
        stellar__release(memory, tokens);
    return status;
}


void stellar__params_write(const struct stellar__params *params,
                           struct stellar__buffer *out)
{
    const struct param *param = params != NULL ? params->first : NULL;
    const char *before = "{";

    if (param == NULL)
        STELLAR__APPEND_LITERAL(out, "{");
    for (; param != NULL; param = param->next) {
        stellar__buffer_append(out, before, 1);
        stellar__buffer_string(out, param->name, param->length);
        STELLAR__APPEND_LITERAL(out, ":");
        stellar__buffer_append(out, param->value->data, param->value->length);
        before = ",";
    }
    STELLAR__APPEND_LITERAL(out, "}");
}
