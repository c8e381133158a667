#include "actions.h"

#include "inputs.h"
#include "table.h"

struct entry {
    struct stellar__link link;
    const struct stellar_action *action;
    size_t length;       /* of its name */
    struct entry *older; /* the next lower version */
};

struct stellar__actions {
    const struct stellar_allocator *memory;
    struct stellar__table table; /* of the highest versions, by name */
};

#define ENTRY_OF(link_) \
    ((struct entry *)(void *)((char *)(link_)-offsetof(struct entry, link)))


/* Clients look names up, but only the program adds some, so that nobody can make a
 * chain long: the length, the ends and the middle tell names apart well enough. */
static size_t hash_of(const char *name, size_t length)
{
    const unsigned char *byte = (const unsigned char *)name;
    size_t hash = length;

    if (length > 0) {
        hash = (length * 31 + byte[0]) * 31 + byte[length / 2];
    }
    return length > 0 ? hash * 31 + byte[length - 1] : hash;
}


static size_t hash_entry(const struct stellar__link *link)
{
    return hash_of(ENTRY_OF(link)->action->name, ENTRY_OF(link)->length);
}


/* The newest version of that name, or NULL. */
static struct entry *find(const struct stellar__actions *actions, const char *name,
                          size_t length)
{
    struct stellar__link *link =
        stellar__table_chain(&actions->table, hash_of(name, length));

    while (link != NULL && (ENTRY_OF(link)->length != length ||
                            memcmp(ENTRY_OF(link)->action->name, name, length) != 0)) {
        link = link->next;
    }
    return link != NULL ? ENTRY_OF(link) : NULL;
}


struct stellar__actions *stellar__actions_new(const struct stellar_allocator *memory)
{
    struct stellar__actions *actions = stellar__allocate_zero(memory, sizeof *actions);

    if (actions != NULL) {
        actions->memory = memory;
        stellar__table_init(&actions->table, memory, hash_entry);
    }
    return actions;
}


void stellar__actions_free(struct stellar__actions *actions)
{
    struct stellar__link *link;

    if (actions == NULL) {
        return;
    }
    while ((link = stellar__table_next(&actions->table, NULL)) != NULL) {
        struct entry *entry = ENTRY_OF(link);

        stellar__table_remove(&actions->table, link);
        while (entry != NULL) {
            struct entry *older = entry->older;

            stellar__release(actions->memory, entry);
            entry = older;
        }
    }
    stellar__table_free(&actions->table);
    stellar__release(actions->memory, actions);
}


static bool is_well_formed(const struct stellar_action *action)
{
    const struct stellar_input *input = action->inputs;

    if (action->name == NULL || action->name[0] == '\0' ||
        strpbrk(action->name, " \t") != NULL || action->version == 0 ||
        action->run == NULL ||
        !stellar_utf8_check(action->name, strlen(action->name))) {
        return false;
    }
    for (; input != NULL && input->name != NULL; input++) {
        if (input->default_json != NULL &&
            !stellar_json_check(input->default_json, strlen(input->default_json),
                                NULL)) {
            return false;
        }
    }
    return true;
}


/* Puts an older version behind the newer ones of its name; or, where it is the newest,
 * lets the two change what they hold, so that the table stays as it is. */
static void add_version(struct entry *newest, struct entry *entry)
{
    const struct stellar_action *action = entry->action;
    struct entry *at = newest;

    if (action->version > newest->action->version) {
        entry->action = newest->action;
        newest->action = action;
    }
    while (at->older != NULL && at->older->action->version > entry->action->version) {
        at = at->older;
    }
    entry->older = at->older;
    at->older = entry;
}


int stellar__actions_add(struct stellar__actions *actions,
                         const struct stellar_action *action)
{
    struct entry *newest;
    struct entry *entry;
    size_t length;

    if (!is_well_formed(action)) {
        return STELLAR_ERR_INVALID;
    }
    length = strlen(action->name);
    newest = find(actions, action->name, length);
    for (entry = newest; entry != NULL; entry = entry->older) {
        if (entry->action->version == action->version) {
            return STELLAR_ERR_EXISTS;
        }
    }
    entry = stellar__allocate_zero(actions->memory, sizeof *entry);
    if (entry == NULL) {
        return STELLAR_ERR_NO_MEMORY;
    }
    entry->action = action;
    entry->length = length;
    if (newest != NULL) {
        add_version(newest, entry);
    } else {
        stellar__table_add(&actions->table, &entry->link);
    }
    return STELLAR_OK;
}


/* The number in 2, 2.0, "2": what clients send as apiVersion. */
static bool version_number(const struct stellar_slice *text, int64_t *number)
{
    struct stellar_value value = stellar__value(text->data, text->length);
    char memory[STELLAR__NUMBER_MAX];

    return stellar__value_number(value, memory, sizeof memory, &value) &&
           stellar_value_integer(value, number);
}


/* A version that is left empty, as clients send a field of a form: 0, "", null, false.
 */
static bool is_no_version(const struct stellar_slice *text)
{
    struct stellar_value value = {.type = STELLAR_JSON_NUMBER};
    int64_t number;

    if (text == NULL) {
        return true;
    }
    value.text = *text;
    return text->data[0] == 'n' || text->data[0] == 'f' ||
           (text->data[0] == '"' && text->length == 2) ||
           (stellar_value_integer(value, &number) && number == 0);
}


const struct stellar_action *stellar__actions_find(
    const struct stellar__actions *actions, const char *name, size_t length,
    const struct stellar_slice *version)
{
    struct entry *entry = find(actions, name, length);
    int64_t number;

    if (entry == NULL) {
        return NULL;
    }
    if (is_no_version(version)) {
        return entry->action;
    }
    if (!version_number(version, &number)) {
        return NULL;
    }
    while (entry != NULL && entry->action->version != number) {
        entry = entry->older;
    }
    return entry != NULL ? entry->action : NULL;
}
