#include "member.h"

#define MEMBER_OF(link_)                                          \
    ((struct stellar__member *)(void *)((char *)(link_)-offsetof( \
        struct stellar__member, link)))


const char *stellar__member_id(const struct stellar__member *member)
{
    return member->session != NULL ? member->session->id : member->id;
}


static size_t hash_of(const struct stellar__room *room, const char *id)
{
    return stellar__id_hash(id) ^
           (size_t)(((uint64_t)(uintptr_t)room * UINT64_C(0x9e3779b97f4a7c15)) >> 36);
}


size_t stellar__member_hash(const struct stellar__link *link)
{
    return hash_of(MEMBER_OF(link)->room, stellar__member_id(MEMBER_OF(link)));
}


struct stellar__member *stellar__member_find(const struct stellar__room *room,
                                             const char *id, bool is_remote)
{
    struct stellar__link *link =
        stellar__table_chain(&room->shard->members, hash_of(room, id));

    for (; link != NULL; link = link->next) {
        struct stellar__member *member = MEMBER_OF(link);

        if (member->room == room && (member->session == NULL) == is_remote &&
            memcmp(stellar__member_id(member), id, STELLAR__ID_LENGTH) == 0) {
            return member;
        }
    }
    return NULL;
}


void stellar__member_enter(struct stellar__member *member,
                           struct stellar__members *members)
{
    member->previous_here = members->last;
    if (members->last != NULL) {
        members->last->next_here = member;
    } else {
        members->first = member;
    }
    members->last = member;
    members->count++;
    stellar__table_add(&member->room->shard->members, &member->link);
}


void stellar__member_remove(struct stellar__member *member,
                            struct stellar__members *members)
{
    if (member->previous_here != NULL) {
        member->previous_here->next_here = member->next_here;
    } else {
        members->first = member->next_here;
    }
    if (member->next_here != NULL) {
        member->next_here->previous_here = member->previous_here;
    } else {
        members->last = member->previous_here;
    }
    members->count--;
    stellar__table_remove(&member->room->shard->members, &member->link);
}


void stellar__member_link(struct stellar__member *member,
                          struct stellar_connection *session)
{
    member->previous = session->last_room;
    if (session->last_room != NULL) {
        session->last_room->next = member;
    } else {
        session->first_room = member;
    }
    session->last_room = member;
}


void stellar__member_unlink(struct stellar__member *member)
{
    struct stellar_connection *session = member->session;

    if (member->previous != NULL) {
        member->previous->next = member->next;
    } else {
        session->first_room = member->next;
    }
    if (member->next != NULL) {
        member->next->previous = member->previous;
    } else {
        session->last_room = member->previous;
    }
}
