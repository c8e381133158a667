#include "params_store.h"

#include <utlist.h>

#include "hash.h"

/* So many are looked through in order; more have a hash table, too. */
#define HANDFUL 8

#define PARAM_OF(link_)                                                                \
    ((struct stellar__param *)(void *)((char *)(link_)-offsetof(struct stellar__param, \
                                                                link)))


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


struct stellar__params *stellar__params_new(struct stellar__pool *home, size_t count,
                                            size_t bytes)
{
    struct stellar__params *params;
    size_t size =
        (sizeof *params + count * sizeof(struct stellar__param) + bytes + 7) / 8 * 8;

    params = stellar__pool_take(home, &size, size + size / 2);
    if (params == NULL) {
        return NULL;
    }
    memset(params, 0, sizeof *params);
    params->home = home;
    params->size = size;
    params->references = 1;
    params->room = (char *)(params + 1);
    params->room_end = (char *)params + size;
    return params;
}


static void free_param(const struct stellar__params *params,
                       struct stellar__param *param)
{
    stellar__shared_release(param->shared);
    if (param->is_apart) {
        stellar__release(params->home->memory, param);
    }
}


void stellar__params_free(struct stellar__params *params)
{
    struct stellar__param *param;

    while ((param = params->first) != NULL) {
        params->first = param->next;
        free_param(params, param);
    }
    if (params->table.memory != NULL) {
        stellar__table_free(&params->table);
    }
    stellar__pool_release(params->home, params, params->size);
}


struct stellar__param *stellar__params_find(const struct stellar__params *params,
                                            struct stellar_slice name)
{
    const struct stellar__link *link;
    struct stellar__param *param;

    if (params == NULL || (params->lengths & length_bit(name.length)) == 0) {
        return NULL;
    }
    if (params->table.count == 0) {
        param = params->first;
        while (param != NULL && !stellar__param_is_called(param, name)) {
            param = param->next;
        }
        return param;
    }
    link = stellar__table_chain(&params->table, hash_of(name));
    while (link != NULL && !stellar__param_is_called(PARAM_OF(link), name)) {
        link = link->next;
    }
    return link != NULL ? PARAM_OF(link) : NULL;
}


static void *take_front(struct stellar__params *params, size_t size)
{
    char *front = params->room;

    if ((size_t)(params->room_end - front) < size) {
        return NULL;
    }
    params->room = front + size;
    return front;
}


static char *take_end(struct stellar__params *params, size_t size)
{
    if ((size_t)(params->room_end - params->room) < size) {
        return NULL;
    }
    params->room_end -= size;
    return params->room_end;
}


/* One without a value, that is not in the set yet; NULL: no memory. */
static struct stellar__param *new_param(struct stellar__params *params,
                                        struct stellar_slice name)
{
    char *text = take_end(params, name.length);
    struct stellar__param *param = NULL;

    if (text != NULL) {
        param = take_front(params, sizeof *param);
    }
    if (param != NULL) {
        param->is_apart = false;
    } else {
        param = stellar__allocate(params->home->memory, sizeof *param + name.length);
        if (param == NULL) {
            return NULL;
        }
        param->is_apart = true;
        text = (char *)(param + 1);
    }
    stellar__put(text, name.data, name.length);
    param->name = (struct stellar_slice){text, name.length};
    param->shared = NULL;
    return param;
}


static void hang_in(struct stellar__params *params, struct stellar__param *param)
{
    struct stellar__param *each;

    DL_APPEND2(params->first, param, previous, next);
    params->count++;
    params->bytes += param->name.length + param->value.length;
    params->lengths |= length_bit(param->name.length);
    if (params->table.count > 0) {
        stellar__table_add(&params->table, &param->link);
    } else if (params->count > HANDFUL) {
        if (params->table.memory == NULL) {
            stellar__table_init(&params->table, params->home->memory, hash_param);
        }
        for (each = params->first; each != NULL; each = each->next) {
            stellar__table_add(&params->table, &each->link);
        }
    }
}


void stellar__params_remove(struct stellar__params *params,
                            struct stellar__param *param)
{
    if (params->table.count > 0) {
        stellar__table_remove(&params->table, &param->link);
    }
    DL_DELETE2(params->first, param, previous, next);
    params->count--;
    params->bytes -= param->name.length + param->value.length;
    free_param(params, param);
}


bool stellar__params_copy_value(struct stellar__params *params,
                                struct stellar_slice text, bool has_blanks,
                                bool must_share, struct stellar__param_value *value)
{
    char *out = must_share ? NULL : take_end(params, text.length + 1);

    value->shared = NULL;
    if (out == NULL) {
        value->shared = stellar__shared_new(params->home->memory, NULL, text.length);
        if (value->shared == NULL) {
            return false;
        }
        out = value->shared->data;
    }
    value->text = (struct stellar_slice){out, text.length};
    if (has_blanks) {
        value->text.length = stellar_json_minify(text, out);
    } else {
        memcpy(out, text.data, text.length);
    }
    out[value->text.length] = '\0';
    if (value->shared != NULL) {
        value->shared->length = value->text.length;
    }
    return true;
}


int stellar__params_put(struct stellar__params *params, struct stellar__param *old,
                        struct stellar_slice name, struct stellar__param_value value)
{
    if (old == NULL) {
        struct stellar__param *param = new_param(params, name);

        if (param == NULL) {
            stellar__shared_release(value.shared);
            return STELLAR_ERR_NO_MEMORY;
        }
        param->shared = value.shared;
        param->value = value.text;
        hang_in(params, param);
        return STELLAR_OK;
    }
    params->bytes += value.text.length - old->value.length;
    stellar__shared_release(old->shared);
    old->shared = value.shared;
    old->value = value.text;
    return STELLAR_OK;
}
