#include "actions.h"

#include "hash.h"

struct entry {
    UT_hash_handle hh;
    const struct stellar_action *action; /* its name is the key */
    struct entry *older;                 /* the next lower version */
};

struct stellar__actions {
    const struct stellar_allocator *memory;
    struct entry *table; /* of the highest versions */
};


struct stellar__actions *stellar__actions_new(const struct stellar_allocator *memory)
{
    struct stellar__actions *actions = stellar__allocate_zero(memory, sizeof *actions);

    if (actions != NULL)
        actions->memory = memory;
    return actions;
}


void stellar__actions_free(struct stellar__actions *actions)
{
    const struct stellar_allocator *uthash_memory;
    struct entry *entry;

    if (actions == NULL)
        return;
    uthash_memory = actions->memory;
    while ((entry = actions->table) != NULL) {
        HASH_DEL(actions->table, entry);
        while (entry != NULL) {
            struct entry *older = entry->older;

            stellar__release(actions->memory, entry);
            entry = older;
        }
    }
    stellar__release(actions->memory, actions);
}


static bool is_well_formed(const struct stellar_action *action)
{
    const struct stellar_input *input = action->inputs;

    if (action->name == NULL || action->name[0] == '\0' ||
        strpbrk(action->name, " \t") != NULL || action->version == 0 ||
        action->run == NULL || !stellar_utf8_check(action->name, strlen(action->name)))
        return false;
    for (; input != NULL && input->name != NULL; input++) {
        if (input->default_json != NULL &&
            !stellar_json_check(input->default_json, strlen(input->default_json), NULL))
            return false;
    }
    return true;
}


static int add_name(struct stellar__actions *actions, struct entry *entry)
{
    const struct stellar_allocator *uthash_memory = actions->memory;
    bool uthash_added = true;
    const char *name = entry->action->name;

    HASH_ADD_KEYPTR(hh, actions->table, name, strlen(name), entry);
    return uthash_added ? STELLAR_OK : STELLAR_ERR_NO_MEMORY;
}


/* Puts an older version behind the newer ones of its name; or, where it is the newest,
 * lets the two change what they hold, so that the table stays as it is. */
static int add_version(struct entry *newest, struct entry *entry)
{
    const struct stellar_action *action = entry->action;
    struct entry *at = newest;

    if (action->version > newest->action->version) {
        entry->action = newest->action;
        newest->action = action;
        /* The key must live as long as the entry: names are equal, either will do. */
    }
    while (at->older != NULL && at->older->action->version > entry->action->version)
        at = at->older;
    entry->older = at->older;
    at->older = entry;
    return STELLAR_OK;
}


int stellar__actions_add(struct stellar__actions *actions,
                         const struct stellar_action *action)
{
    struct entry *newest;
    struct entry *entry;
    int status;

    if (!is_well_formed(action))
        return STELLAR_ERR_INVALID;
    HASH_FIND(hh, actions->table, action->name, strlen(action->name), newest);
    for (entry = newest; entry != NULL; entry = entry->older) {
        if (entry->action->version == action->version)
            return STELLAR_ERR_EXISTS;
    }
    entry = stellar__allocate_zero(actions->memory, sizeof *entry);
    if (entry == NULL)
        return STELLAR_ERR_NO_MEMORY;
    entry->action = action;
    status = newest != NULL ? add_version(newest, entry) : add_name(actions, entry);
    if (status != STELLAR_OK)
        stellar__release(actions->memory, entry);
    return status;
}


/* The number in 2, 2.0, "2": what clients send as apiVersion. */
static bool version_number(const struct stellar__shared *text, double *number)
{
    struct stellar_value value = {STELLAR_JSON_NUMBER, {text->data, text->length}};

    if (text->length > 2 && text->data[0] == '"') {
        value.text.data++;
        value.text.length -= 2;
    }
    return stellar_json_check(value.text.data, value.text.length, NULL) &&
           stellar_value_double(value, number);
}


const struct stellar_action *stellar__actions_find(
    const struct stellar__actions *actions, const char *name, size_t length,
    const struct stellar__shared *version)
{
    struct entry *entry;
    double number;

    HASH_FIND(hh, actions->table, name, length, entry);
    if (entry == NULL)
        return NULL;
    if (version == NULL)
        return entry->action;
    if (!version_number(version, &number))
        return NULL;
    while (entry != NULL && (double)entry->action->version != number)
        entry = entry->older;
    return entry != NULL ? entry->action : NULL;
}
