/*
 * One run of the target `session`: a world without sockets (tests/fake), the guests
 * that ever connected, and what is remembered of each to judge what it is told.
 */
#ifndef FUZZ_SESSION_H
#define FUZZ_SESSION_H

#include "world.h"

#define GUESTS  24 /* connections in one run */
#define PLACES  8  /* of them at a time */
#define ROOMS   4
#define PARKED  64
#define SAYINGS 64 /* of a guest; more are refused */
#define WAITING 256

extern const char *const session_rooms[ROOMS];

/* A line as an independent run of the parser sees it. */
struct expected_line {
    uint8_t verb;  /* enum stellar_verb */
    uint8_t error; /* enum stellar_error_code */
    bool is_call;  /* the action was run */
    bool is_answered;
};

struct saying {
    uint64_t hash; /* of room and message */
    bool is_single;
};

struct guest {
    struct fake_client *client; /* NULL when it is closed */
    char id[37];
    unsigned shard;
    char segment[512]; /* lines that wait for the next one, to be sent together */
    size_t segment_length;
    bool wants_half;  /* the end of input follows what is still to be read */
    bool is_lost;     /* its peer is: not all that is owed can come */
    unsigned touched; /* counts what may change its rooms */
    bool said_hello;  /* the first line has come */
    bool said_goodbye;
    bool is_foreign; /* it has begun as another protocol */
    struct stellar_parser parser;
    void *parser_memory;
    struct expected_line *lines; /* from 1 */
    size_t line_count;
    size_t line_room;
    uint64_t last_in_order; /* the answer that came last, calls aside */
    struct saying sayings[SAYINGS];
    unsigned said;
    unsigned heard[GUESTS]; /* of each other's sayings, all before this one are over */
};

/* A chat line that must have arrived when the world has settled. */
struct waiting {
    unsigned receiver;
    unsigned sender;
    unsigned saying;
    unsigned touched; /* as the receiver was when it was said */
};

struct parked {
    struct stellar_call *call;
    uint64_t params; /* as they were when it was called: they stay so */
};

enum session_hook { ON_CONNECT, ON_DISCONNECT, ON_JOIN, ON_LEAVE, ON_SAY, HOOKS };

struct play {
    struct fake_world *world;
    const char *delimiter;
    struct guest guests[GUESTS];
    unsigned guest_count;
    struct guest *places[PLACES];
    struct parked parked[PARKED];
    unsigned parked_count;
    unsigned armed[HOOKS]; /* what the hook does next; 0: nothing */
    struct waiting waiting[WAITING];
    unsigned waiting_count;
    bool is_stirred; /* changes of rooms may be on their way: nobody must hear anything
                      */
    unsigned numbered; /* texts made up so far, so that none is like another */
    bool has_failed;   /* an allocation: rooms need not be equal any more */
    bool is_told; /* with SESSION_TRACE in the environment, so that a finding can be
                     read */
};

/* Set for the length of a run; actions and hooks have no other way to it. */
extern struct play *session_play;

/* actions.c: what the server does when asked. */
void session_add_actions(struct play *play);
void session_set_hooks(struct play *play);
/* All that the call says of its params, as a number. */
uint64_t session_params_of(const struct stellar_call *call);
struct guest *session_guest_of(struct play *play, const char *id);

/* check.c: what must hold. All of them end the program if it does not. */

/* Goes on from seed, which is this at first. */
#define SESSION_SEED UINT64_C(14695981039346656037)
uint64_t session_hash(uint64_t seed, const char *bytes, size_t length);
/* The guest is about to be given these bytes. */
void session_expect(struct guest *guest, const void *bytes, size_t length);
/* Reads what the guest has been sent. */
void session_hear(struct play *play, struct guest *guest);
/* After each operation. */
void session_check_limits(struct play *play);
/* Rooms are changed: what was said, and is said until all has settled, may be lost. */
void session_stir(struct play *play);
/* When all mail is delivered. */
void session_check_settled(struct play *play);
/* A guest, a member of the room, says something, and nothing prevents it. False: it
 * has said enough. */
bool session_note_saying(struct play *play, struct guest *guest, const char *room,
                         const char *message, size_t length);

#endif
