/*
 * Implementation notes. A set made from an object has room for all that the object
 * holds, and for the param `action`, which follows it. The values of messageId, which
 * answers carry, and of action, which the next set gets, are always shared. Values are
 * kept as answers show them, so that nobody has to look through them again.
 */
#include "params.h"

#include "params_store.h"


struct stellar__params *stellar__params_retain(struct stellar__params *params)
{
    if (params != NULL) {
        params->references++;
    }
    return params;
}


void stellar__params_release(struct stellar__params *params)
{
    if (params != NULL && --params->references == 0) {
        stellar__params_free(params);
    }
}


const struct stellar_slice *stellar__params_get(const struct stellar__params *params,
                                                const char *name, size_t length)
{
    const struct stellar__param *param =
        stellar__params_find(params, (struct stellar_slice){name, length});

    return param != NULL ? &param->value : NULL;
}


struct stellar__shared *stellar__params_shared(const struct stellar__params *params,
                                               const char *name, size_t length)
{
    const struct stellar__param *param =
        stellar__params_find(params, (struct stellar_slice){name, length});

    return param != NULL ? param->shared : NULL;
}


bool stellar__params_are_only(const struct stellar__params *params, const char *name,
                              size_t length)
{
    return params != NULL && params->count == 1 &&
           stellar__param_is_called(params->first,
                                    (struct stellar_slice){name, length});
}


static int copy_param(struct stellar__params *to, const struct stellar__param *param)
{
    struct stellar__param_value value = {stellar__shared_retain(param->shared),
                                         param->value};

    if (value.shared == NULL &&
        !stellar__params_copy_value(to, param->value, false, false, &value)) {
        return STELLAR_ERR_NO_MEMORY;
    }
    return stellar__params_put(to, NULL, param->name, value);
}


/* Makes *params a set that nobody else holds, which is about to get so many params, of
 * so many bytes of names. */
static int make_own(struct stellar__params **params, struct stellar__pool *home,
                    size_t more, size_t names)
{
    const struct stellar__param *first = *params != NULL ? (*params)->first : NULL;
    const struct stellar__param *param;
    struct stellar__params *own;
    size_t bytes = names;

    if (*params != NULL && (*params)->references == 1) {
        return STELLAR_OK;
    }
    for (param = first; param != NULL; param = param->next) {
        more++;
        bytes += param->name.length;
        if (param->shared == NULL) {
            bytes += param->value.length + 1;
        }
    }
    own = stellar__params_new(home, more, bytes);
    if (own == NULL) {
        return STELLAR_ERR_NO_MEMORY;
    }
    for (param = first; param != NULL; param = param->next) {
        if (copy_param(own, param) != STELLAR_OK) {
            stellar__params_release(own);
            return STELLAR_ERR_NO_MEMORY;
        }
    }
    stellar__params_release(*params);
    *params = own;
    return STELLAR_OK;
}


static bool fits(const struct stellar__params *params, const struct stellar__param *old,
                 size_t name, size_t value, const struct stellar__params_limits *limits)
{
    size_t count = params != NULL ? params->count : 0;
    size_t bytes = params != NULL ? params->bytes : 0;

    if (limits == NULL) {
        return true;
    }
    if (old != NULL) {
        bytes -= old->value.length;
    } else {
        bytes += name;
    }
    return count + (old == NULL) <= limits->count && bytes + value <= limits->bytes;
}


static struct stellar__param_value shared_value(struct stellar__shared *shared)
{
    return (struct stellar__param_value){shared, {shared->data, shared->length}};
}


int stellar__params_set(struct stellar__params **params, struct stellar__pool *home,
                        const char *name, size_t length, struct stellar__shared *value,
                        const struct stellar__params_limits *limits)
{
    const struct stellar_slice called = {name, length};
    struct stellar__params *before = *params;
    struct stellar__param *old = stellar__params_find(before, called);

    if (!fits(before, old, length, value->length, limits)) {
        return STELLAR_ERR_INVALID;
    }
    if (make_own(params, home, 1, length) != STELLAR_OK) {
        return STELLAR_ERR_NO_MEMORY;
    }
    if (*params != before) {
        old = stellar__params_find(*params, called);
    }
    return stellar__params_put(*params, old, called,
                               shared_value(stellar__shared_retain(value)));
}


int stellar__params_delete(struct stellar__params **params, const char *name,
                           size_t length)
{
    const struct stellar_slice called = {name, length};

    if (stellar__params_find(*params, called) == NULL) {
        return STELLAR_OK;
    }
    if (make_own(params, (*params)->home, 0, 0) != STELLAR_OK) {
        return STELLAR_ERR_NO_MEMORY;
    }
    stellar__params_remove(*params, stellar__params_find(*params, called));
    return STELLAR_OK;
}


/* Whether a value outlives its set: answers carry the one, the next set has the other.
 */
static bool must_share(struct stellar_slice name)
{
    return (name.length == 9 && memcmp(name.data, "messageId", 9) == 0) ||
           (name.length == 6 && memcmp(name.data, "action", 6) == 0);
}


/* Adds one member of a JSON object, of which the name is plain. */
static int add_plain(struct stellar__params *params, struct stellar_slice name,
                     const struct stellar_value *member,
                     const struct stellar__params_limits *limits)
{
    bool has_blanks =
        member->type == STELLAR_JSON_OBJECT || member->type == STELLAR_JSON_ARRAY;
    struct stellar__param *old = stellar__params_find(params, name);
    struct stellar__param_value value;

    if (!stellar__params_copy_value(params, member->text, has_blanks, must_share(name),
                                    &value)) {
        return STELLAR_ERR_NO_MEMORY;
    }
    if (!fits(params, old, name.length, value.text.length, limits)) {
        stellar__shared_release(value.shared);
        return STELLAR_ERR_INVALID;
    }
    return stellar__params_put(params, old, name, value);
}


static int add_member(struct stellar__params *params, struct stellar_slice key,
                      const struct stellar_value *member,
                      const struct stellar__params_limits *limits)
{
    const struct stellar_allocator *memory = params->home->memory;
    struct stellar_slice name = key;
    char *plain;
    int status;

    if (memchr(key.data, '\\', key.length) == NULL) {
        return add_plain(params, key, member, limits);
    }
    plain = stellar__allocate(memory, key.length);
    if (plain == NULL) {
        return STELLAR_ERR_NO_MEMORY;
    }
    name.data = plain;
    name.length = stellar_json_unescape(key, plain, key.length);
    status = add_plain(params, name, member, limits);
    stellar__release(memory, plain);
    return status;
}


static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}


/* A set for all that the index holds, or for as much of it as is allowed; the rest of
 * what says the same names again will not be kept, whatever room it asks for. */
static struct stellar__params *new_set_for(struct stellar__pool *home,
                                           struct stellar_params *index,
                                           const struct stellar__params_limits *limits)
{
    static const char action[] = "action";
    struct stellar_value value;
    size_t bytes = index->text.length;
    size_t count = 0;

    while (stellar_params_next(index, NULL, &value)) {
        count++;
    }
    if (limits != NULL) {
        count = least(count, limits->count);
        bytes = least(bytes, limits->bytes);
    }
    return stellar__params_new(home, count + 1, bytes + sizeof action);
}


/* Makes a set from an index of so many tokens. */
static int read_index(struct stellar__params **params, struct stellar__pool *home,
                      struct stellar_params *index,
                      const struct stellar__params_limits *limits)
{
    struct stellar_slice key;
    struct stellar_value value;
    int status = STELLAR_OK;

    *params = new_set_for(home, index, limits);
    if (*params == NULL) {
        return STELLAR_ERR_NO_MEMORY;
    }
    while (status == STELLAR_OK && stellar_params_next(index, &key, &value)) {
        status = add_member(*params, key, &value, limits);
    }
    if (status != STELLAR_OK) {
        stellar__params_release(*params);
        *params = NULL;
    }
    return status;
}


static int parse(struct stellar__params **params, struct stellar__pool *home,
                 struct stellar_slice object,
                 const struct stellar__params_limits *limits)
{
    struct stellar_params index;
    struct stellar_token few[64];
    struct stellar_token *tokens = few;
    size_t count = stellar_params_open(&index, object, few, 64);
    int status;

    if (count == 0) {
        return STELLAR_ERR_INVALID;
    }
    if (count > 64) {
        tokens = stellar__allocate(home->memory, count * sizeof *tokens);
        if (tokens == NULL) {
            return STELLAR_ERR_NO_MEMORY;
        }
        stellar_params_open(&index, object, tokens, count);
    }
    status = read_index(params, home, &index, limits);
    if (tokens != few) {
        stellar__release(home->memory, tokens);
    }
    return status;
}


int stellar__params_parse(struct stellar__params **params, struct stellar__pool *home,
                          struct stellar_slice object,
                          const struct stellar__params_limits *limits)
{
    size_t size;
    char *text = NULL;
    int status;

    *params = NULL;
    if (object.length == 2) { /* {}: there is nothing to be indexed */
        *params = stellar__params_new(home, 1, sizeof "action");
        return *params != NULL ? STELLAR_OK : STELLAR_ERR_NO_MEMORY;
    }
    size = stellar__json_size(object);
    if (size != object.length) {
        text = stellar__allocate(home->memory, size);
        if (text == NULL) {
            return STELLAR_ERR_NO_MEMORY;
        }
        object.length = stellar__put_json(text, object, size);
        object.data = text;
    }
    status = parse(params, home, object, limits);
    if (text != NULL) {
        stellar__release(home->memory, text);
    }
    return status;
}


void stellar__params_write(const struct stellar__params *params,
                           struct stellar__buffer *out)
{
    const struct stellar__param *param = params != NULL ? params->first : NULL;
    const char *before = "{";

    if (param == NULL) {
        STELLAR__APPEND_LITERAL(out, "{");
    }
    for (; param != NULL; param = param->next) {
        stellar__buffer_append(out, before, 1);
        stellar__buffer_string(out, param->name.data, param->name.length);
        STELLAR__APPEND_LITERAL(out, ":");
        stellar__buffer_append(out, param->value.data, param->value.length);
        before = ",";
    }
    STELLAR__APPEND_LITERAL(out, "}");
}
