#include "params.h"

#include "hash.h"

struct param {
    UT_hash_handle hh;
    struct stellar__shared *value;
    size_t length; /* of name */
    char name[];
};

struct stellar__params {
    const struct stellar_allocator *memory;
    size_t references;
    size_t count;
    size_t bytes;
    struct param *table;
};


struct stellar__params *stellar__params_keep(struct stellar__params *params)
{
    if (params != NULL)
        params->references++;
    return params;
}


static void remove_param(struct stellar__params *params, struct param *param)
{
    const struct stellar_allocator *uthash_memory = params->memory;

    HASH_DEL(params->table, param);
    params->count--;
    params->bytes -= param->length + param->value->length;
    stellar__shared_drop(param->value);
    stellar__release(params->memory, param);
}


void stellar__params_drop(struct stellar__params *params)
{
    if (params == NULL || --params->references > 0)
        return;
    while (params->table != NULL)
        remove_param(params, params->table);
    stellar__release(params->memory, params);
}


static struct param *find(const struct stellar__params *params, const char *name,
                          size_t length)
{
    struct param *param = NULL;

    if (params != NULL)
        HASH_FIND(hh, params->table, name, length, param);
    return param;
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
    const struct stellar_allocator *uthash_memory = params->memory;
    bool uthash_added = true;
    struct param *param =
        stellar__allocate_zero(params->memory, sizeof *param + length);

    if (param == NULL)
        return STELLAR_ERR_NO_MEMORY;
    if (length > 0)
        memcpy(param->name, name, length);
    param->length = length;
    HASH_ADD(hh, params->table, name, length, param);
    if (!uthash_added) {
        stellar__release(params->memory, param);
        return STELLAR_ERR_NO_MEMORY;
    }
    param->value = stellar__shared_keep(value);
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
    for (param = *params != NULL ? (*params)->table : NULL; param != NULL;
         param = param->hh.next) {
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


/* Adds one member of a JSON object. name is room for the unescaped key. */
static int add_member(struct stellar__params **params,
                      const struct stellar_allocator *memory, struct stellar_slice key,
                      char *name, struct stellar_slice text,
                      const struct stellar__params_limits *limits)
{
    struct stellar__shared *value = stellar__shared_new(memory, NULL, text.length);
    size_t length = stellar_json_unescape(key, name, key.length);
    int status;

    if (value == NULL)
        return STELLAR_ERR_NO_MEMORY;
    value->length = stellar_json_minify(text, value->data);
    value->data[value->length] = '\0';
    status = stellar__params_set(params, memory, name, length, value, limits);
    stellar__shared_drop(value);
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
    char *name = NULL;
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
    name = stellar__allocate(memory, object.length);
    *params = new_set(memory);
    if (tokens == NULL || name == NULL || *params == NULL)
        status = STELLAR_ERR_NO_MEMORY;
    while (status == STELLAR_OK && stellar_params_next(&index, &key, &value))
        status = add_member(params, memory, key, name, value.text, limits);
    if (status != STELLAR_OK) {
        stellar__params_drop(*params);
        *params = NULL;
    }
    if (tokens != few)
        stellar__release(memory, tokens);
    stellar__release(memory, name);
    return status;
}


void stellar__params_write(const struct stellar__params *params,
                           struct stellar__buffer *out)
{
    struct param *param = params != NULL ? params->table : NULL;
    const char *before = "{";

    if (param == NULL)
        STELLAR__APPEND_LITERAL(out, "{");
    for (; param != NULL; param = param->hh.next) {
        stellar__buffer_append(out, before, 1);
        stellar__buffer_string(out, param->name, param->length);
        STELLAR__APPEND_LITERAL(out, ":");
        stellar__buffer_append(out, param->value->data, param->value->length);
        before = ",";
    }
    STELLAR__APPEND_LITERAL(out, "}");
}
