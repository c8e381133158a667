/*
 * Implementation notes. A set is one block of memory, with room behind it that is
 * divided as it is filled: params from the front, names and values from the end. What
 * no longer fits has memory of its own. A set made from an object is made large enough
 * for all that the object holds, and for the param `action`, which follows it. What is
 * deleted leaves its room unused.
 *
 * Values that others may hold when the set is gone are shared: those that were so when
 * they were set, and messageId, which answers carry. The others lie in the set.
 *
 * A handful is looked through in order; more have a hash table, too.
 */
#include "params.h"

#include "hash.h"
#include "table.h"

#define HANDFUL 8

struct param {
    struct stellar__link link; /* in the set's table, by name */
    struct param *next;        /* in the order of first insertion */
    struct param *previous;
    struct stellar_slice name;
    struct stellar_slice value;     /* a NUL stands behind it */
    struct stellar__shared *shared; /* what value points into; NULL: into the set */
    bool is_apart;                  /* has memory of its own, with its name behind it */
};

struct stellar__params {
    struct stellar__spare *home;
    size_t size; /* of all of it */
    size_t references;
    size_t count;
    size_t bytes;
    uint64_t lengths; /* bit n: there has been a name of n bytes, modulo 64 */
    struct param *first;
    struct param *last;
    char *room; /* what is left */
    char *room_end;
    struct stellar__table table; /* empty, or of all */
};

#define PARAM_OF(link_) \
    ((struct param *)(void *)((char *)(link_)-offsetof(struct param, link)))


static size_t hash_of(struct stellar_slice name)
{
    unsigned hash;

    HASH_VALUE(name.data, name.length, hash);
    return hash;
}


static size_t hash_param(const struct stellar__link *link)
{
    return hash_of(PARAM_OF(link)->name);
}


static uint64_t length_bit(size_t length)
{
    return UINT64_C(1) << length % 64;
}


static bool is_called(const struct param *param, struct stellar_slice name)
{
    return param->name.length == name.length &&
           (name.length == 0 || memcmp(param->name.data, name.data, name.length) == 0);
}


static bool is_message_id(struct stellar_slice name)
{
    return name.length == 9 && memcmp(name.data, "messageId", 9) == 0;
}


/* A set with room for so many params, and so many bytes of names and values. */
static struct stellar__params *new_set(struct stellar__spare *home, size_t count,
                                       size_t bytes)
{
    struct stellar__params *params;
    size_t size = (sizeof *params + count * sizeof(struct param) + bytes + 7) / 8 * 8;

    params = stellar__spare_take(home, &size, size + size / 2);
    if (params == NULL)
        return NULL;
    memset(params, 0, sizeof *params);
    params->home = home;
    params->size = size;
    params->references = 1;
    params->room = (char *)(params + 1);
    params->room_end = (char *)params + size;
    return params;
}


struct stellar__params *stellar__params_keep(struct stellar__params *params)
{
    if (params != NULL)
        params->references++;
    return params;
}


static void free_param(const struct stellar__params *params, struct param *param)
{
    stellar__shared_drop(param->shared);
    if (param->is_apart)
        stellar__release(params->home->memory, param);
}


void stellar__params_drop(struct stellar__params *params)
{
    struct param *param;

    if (params == NULL || --params->references > 0)
        return;
    while ((param = params->first) != NULL) {
        params->first = param->next;
        free_param(params, param);
    }
    if (params->table.memory != NULL)
        stellar__table_free(&params->table);
    stellar__spare_give(params->home, params, params->size);
}


static struct param *find(const struct stellar__params *params,
                          struct stellar_slice name)
{
    const struct stellar__link *link;
    struct param *param;

    if (params == NULL || (params->lengths & length_bit(name.length)) == 0)
        return NULL;
    if (params->table.count == 0) {
        param = params->first;
        while (param != NULL && !is_called(param, name))
            param = param->next;
        return param;
    }
    link = stellar__table_chain(&params->table, hash_of(name));
    while (link != NULL && !is_called(PARAM_OF(link), name))
        link = link->next;
    return link != NULL ? PARAM_OF(link) : NULL;
}


const struct stellar_slice *stellar__params_get(const struct stellar__params *params,
                                                const char *name, size_t length)
{
    const struct param *param = find(params, (struct stellar_slice){name, length});

    return param != NULL ? &param->value : NULL;
}


struct stellar__shared *stellar__params_message_id(const struct stellar__params *params)
{
    const struct param *param = find(params, (struct stellar_slice){"messageId", 9});

    return param != NULL ? stellar__shared_keep(param->shared) : NULL;
}


static void *take_front(struct stellar__params *params, size_t size)
{
    char *front = params->room;

    if ((size_t)(params->room_end - front) < size)
        return NULL;
    params->room = front + size;
    return front;
}


static char *take_end(struct stellar__params *params, size_t size)
{
    if ((size_t)(params->room_end - params->room) < size)
        return NULL;
    params->room_end -= size;
    return params->room_end;
}


/* One without a value, that is not in the set yet; NULL: no memory. */
static struct param *new_param(struct stellar__params *params,
                               struct stellar_slice name)
{
    char *text = take_end(params, name.length);
    struct param *param = NULL;

    if (text != NULL)
        param = take_front(params, sizeof *param);
    if (param != NULL) {
        param->is_apart = false;
    } else {
        param = stellar__allocate(params->home->memory, sizeof *param + name.length);
        if (param == NULL)
            return NULL;
        param->is_apart = true;
        text = (char *)(param + 1);
    }
    stellar__put(text, name.data, name.length);
    param->name = (struct stellar_slice){text, name.length};
    param->shared = NULL;
    return param;
}


static void hang_in(struct stellar__params *params, struct param *param)
{
    struct param *each;

    param->next = NULL;
    param->previous = params->last;
    if (params->last != NULL)
        params->last->next = param;
    else
        params->first = param;
    params->last = param;
    params->count++;
    params->bytes += param->name.length + param->value.length;
    params->lengths |= length_bit(param->name.length);
    if (params->table.count > 0) {
        stellar__table_add(&params->table, &param->link);
    } else if (params->count > HANDFUL) {
        if (params->table.memory == NULL)
            stellar__table_init(&params->table, params->home->memory, hash_param);
        for (each = params->first; each != NULL; each = each->next)
            stellar__table_add(&params->table, &each->link);
    }
}


static void remove_param(struct stellar__params *params, struct param *param)
{
    if (params->table.count > 0)
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
    params->bytes -= param->name.length + param->value.length;
    free_param(params, param);
}


/* A value as it is found: shared, or a text that is to be copied. */
struct value {
    struct stellar__shared *shared; /* a reference, or NULL */
    struct stellar_slice text;
};


static struct value shared_value(struct stellar__shared *shared)
{
    return (struct value){shared, {shared->data, shared->length}};
}


/* Copies the text of a value to where it will stay: in the set, or, where that has no
 * room or somebody may keep it longer, shared. False: no memory. */
static bool copy_value(struct stellar__params *params, struct stellar_slice text,
                       bool has_blanks, bool must_share, struct value *value)
{
    char *out = must_share ? NULL : take_end(params, text.length + 1);

    value->shared = NULL;
    if (out == NULL) {
        value->shared = stellar__shared_new(params->home->memory, NULL, text.length);
        if (value->shared == NULL)
            return false;
        out = value->shared->data;
    }
    value->text = (struct stellar_slice){out, text.length};
    if (has_blanks)
        value->text.length = stellar_json_minify(text, out);
    else
        memcpy(out, text.data, text.length);
    out[value->text.length] = '\0';
    if (value->shared != NULL)
        value->shared->length = value->text.length;
    return true;
}


/* Sets a value in a set that nobody else holds; old is its param, or NULL. Takes the
 * reference over. */
static int put(struct stellar__params *params, struct param *old,
               struct stellar_slice name, struct value value)
{
    if (old == NULL) {
        struct param *param = new_param(params, name);

        if (param == NULL) {
            stellar__shared_drop(value.shared);
            return STELLAR_ERR_NO_MEMORY;
        }
        param->shared = value.shared;
        param->value = value.text;
        hang_in(params, param);
        return STELLAR_OK;
    }
    params->bytes += value.text.length - old->value.length;
    stellar__shared_drop(old->shared);
    old->shared = value.shared;
    old->value = value.text;
    return STELLAR_OK;
}


static int copy_param(struct stellar__params *to, const struct param *param)
{
    struct value value = {stellar__shared_keep(param->shared), param->value};

    if (value.shared == NULL && !copy_value(to, param->value, false, false, &value))
        return STELLAR_ERR_NO_MEMORY;
    return put(to, NULL, param->name, value);
}


/* Makes *params a set that nobody else holds, which is about to get so many params, of
 * so many bytes of names. */
static int make_own(struct stellar__params **params, struct stellar__spare *home,
                    size_t more, size_t names)
{
    const struct param *first = *params != NULL ? (*params)->first : NULL;
    const struct param *param;
    struct stellar__params *own;
    size_t bytes = names;

    if (*params != NULL && (*params)->references == 1)
        return STELLAR_OK;
    for (param = first; param != NULL; param = param->next) {
        more++;
        bytes += param->name.length;
        if (param->shared == NULL)
            bytes += param->value.length + 1;
    }
    own = new_set(home, more, bytes);
    if (own == NULL)
        return STELLAR_ERR_NO_MEMORY;
    for (param = first; param != NULL; param = param->next) {
        if (copy_param(own, param) != STELLAR_OK) {
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

    if (limits == NULL)
        return true;
    if (old != NULL)
        bytes -= old->value.length;
    else
        bytes += name;
    return count + (old == NULL) <= limits->count && bytes + value <= limits->bytes;
}


int stellar__params_set(struct stellar__params **params, struct stellar__spare *home,
                        const char *name, size_t length, struct stellar__shared *value,
                        const struct stellar__params_limits *limits)
{
    const struct stellar_slice called = {name, length};
    struct stellar__params *before = *params;
    struct param *old = find(before, called);

    if (!fits(before, old, length, value->length, limits))
        return STELLAR_ERR_INVALID;
    if (make_own(params, home, 1, length) != STELLAR_OK)
        return STELLAR_ERR_NO_MEMORY;
    if (*params != before)
        old = find(*params, called);
    return put(*params, old, called, shared_value(stellar__shared_keep(value)));
}


int stellar__params_delete(struct stellar__params **params, const char *name,
                           size_t length)
{
    const struct stellar_slice called = {name, length};

    if (find(*params, called) == NULL)
        return STELLAR_OK;
    if (make_own(params, (*params)->home, 0, 0) != STELLAR_OK)
        return STELLAR_ERR_NO_MEMORY;
    remove_param(*params, find(*params, called));
    return STELLAR_OK;
}


/* Adds one member of a JSON object, of which the name is plain. */
static int add_plain(struct stellar__params *params, struct stellar_slice name,
                     const struct stellar_value *member,
                     const struct stellar__params_limits *limits)
{
    bool has_blanks =
        member->type == STELLAR_JSON_OBJECT || member->type == STELLAR_JSON_ARRAY;
    struct param *old = find(params, name);
    struct value value;

    if (!copy_value(params, member->text, has_blanks, is_message_id(name), &value))
        return STELLAR_ERR_NO_MEMORY;
    if (!fits(params, old, name.length, value.text.length, limits)) {
        stellar__shared_drop(value.shared);
        return STELLAR_ERR_INVALID;
    }
    return put(params, old, name, value);
}


static int add_member(struct stellar__params *params, struct stellar_slice key,
                      const struct stellar_value *member,
                      const struct stellar__params_limits *limits)
{
    const struct stellar_allocator *memory = params->home->memory;
    struct stellar_slice name = key;
    char *plain;
    int status;

    if (memchr(key.data, '\\', key.length) == NULL)
        return add_plain(params, key, member, limits);
    plain = stellar__allocate(memory, key.length);
    if (plain == NULL)
        return STELLAR_ERR_NO_MEMORY;
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
static struct stellar__params *new_set_for(struct stellar__spare *home,
                                           struct stellar_params *index,
                                           const struct stellar__params_limits *limits)
{
    static const char action[] = "action";
    struct stellar_value value;
    size_t bytes = index->text.length;
    size_t count = 0;

    while (stellar_params_next(index, NULL, &value))
        count++;
    if (limits != NULL) {
        count = least(count, limits->count);
        bytes = least(bytes, limits->bytes);
    }
    return new_set(home, count + 1, bytes + sizeof action);
}


/* Makes a set from an index of so many tokens. */
static int read_index(struct stellar__params **params, struct stellar__spare *home,
                      struct stellar_params *index,
                      const struct stellar__params_limits *limits)
{
    struct stellar_slice key;
    struct stellar_value value;
    int status = STELLAR_OK;

    *params = new_set_for(home, index, limits);
    if (*params == NULL)
        return STELLAR_ERR_NO_MEMORY;
    while (status == STELLAR_OK && stellar_params_next(index, &key, &value))
        status = add_member(*params, key, &value, limits);
    if (status != STELLAR_OK) {
        stellar__params_drop(*params);
        *params = NULL;
    }
    return status;
}


int stellar__params_parse(struct stellar__params **params, struct stellar__spare *home,
                          struct stellar_slice object,
                          const struct stellar__params_limits *limits)
{
    struct stellar_params index;
    struct stellar_token few[64];
    struct stellar_token *tokens = few;
    size_t count;
    int status;

    *params = NULL;
    if (object.length == 2) { /* {}: there is nothing to be indexed */
        *params = new_set(home, 1, sizeof "action");
        return *params != NULL ? STELLAR_OK : STELLAR_ERR_NO_MEMORY;
    }
    count = stellar_params_open(&index, object, few, 64);
    if (count == 0)
        return STELLAR_ERR_INVALID;
    if (count > 64) {
        tokens = stellar__allocate(home->memory, count * sizeof *tokens);
        if (tokens == NULL)
            return STELLAR_ERR_NO_MEMORY;
        stellar_params_open(&index, object, tokens, count);
    }
    status = read_index(params, home, &index, limits);
    if (tokens != few)
        stellar__release(home->memory, tokens);
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
        stellar__buffer_string(out, param->name.data, param->name.length);
        STELLAR__APPEND_LITERAL(out, ":");
        stellar__buffer_append(out, param->value.data, param->value.length);
        before = ",";
    }
    STELLAR__APPEND_LITERAL(out, "}");
}
