/*
 * One run of the target `session`: a world without sockets (tests/fake), all guests
 * that have connected, and what is recorded of each to check its output.
 */
#ifndef FUZZ_SESSION_H
#define FUZZ_SESSION_H

#include "world.h"

#define GUESTS  24 /* connections in one run */
#define PLACES  8  /* connections at the same time */
#define ROOMS   4
#define PARKED  64
#define SAYINGS 64 /* chat messages of a guest; more are refused */
#define WAITING 256

extern const char *const session_rooms[ROOMS];

/* A line as a second parser reads it. */
struct expected_line {
    uint8_t verb;  /* enum stellar_verb */
    uint8_t error; /* enum stellar_error_code */
    bool is_call;  /* the action was run */
    bool is_answered;
};

struct saying {
    uint64_t hash; /* hash of room and message */
    bool is_single;
};

struct guest {
    struct fake_client *client; /* NULL if it is closed */
    char id[37];
    unsigned shard;
    char segment[512]; /* lines that wait for the next, to be sent together */
    size_t segment_length;
    bool wants_half;  /* the end of input comes after all has been read */
    bool is_lost;     /* its peer is lost: some output cannot come */
    unsigned touched; /* counts events that may change its rooms */
    bool said_hello;  /* the first line has come */
    bool said_goodbye;
    bool is_foreign; /* its stream began as another protocol */
    struct stellar_parser parser;
    void *parser_memory;
    struct expected_line *lines; /* counted from 1 */
    size_t line_count;
    size_t line_room;
    uint64_t last_in_order; /* the last answer, without those of calls */
    struct saying sayings[SAYINGS];
    unsigned said;
    unsigned heard[GUESTS]; /* per guest: its messages before this are settled */
};

/* A chat line that must have arrived when the world has settled. */
struct waiting {
    unsigned receiver;
    unsigned sender;
    unsigned saying;
    unsigned touched; /* the receiver's value when it was sent */
};

struct parked {
    struct stellar_call *call;
    uint64_t params; /* hash of the params at the call: they must not change */
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
    bool is_stirred; /* changes of rooms may be in transit, so no message has to come */
    unsigned numbered; /* number of texts so far, so that each is unique */
    bool has_failed;   /* an allocation has failed, so rooms may differ */
    bool is_told;      /* SESSION_TRACE is in the environment: print what happens */
};

/* Set during a run, because actions and hooks have no other way to find it. */
extern struct play *session_play;

/* actions.c: actions and hooks. */
void session_add_actions(struct play *play);
void session_set_hooks(struct play *play);
/* Returns a hash of all params of the call. */
uint64_t session_params_of(const struct stellar_call *call);
struct guest *session_guest_of(struct play *play, const char *id);

/* check.c: the checks. Each ends the program if it fails. */

/* Continues a hash. The first seed is this. */
#define SESSION_SEED UINT64_C(14695981039346656037)
uint64_t session_hash(uint64_t seed, const char *bytes, size_t length);
/* Records bytes before the guest sends them. */
void session_expect(struct guest *guest, const void *bytes, size_t length);
/* Reads the guest's output. */
void session_hear(struct play *play, struct guest *guest);
/* To be called after each operation. */
void session_check_limits(struct play *play);
/* Rooms have changed. Messages sent before, or until everything has settled, may be
 * lost. */
void session_stir(struct play *play);
/* To be called when all mail has been delivered. */
void session_check_settled(struct play *play);
/* Records that a guest, a member of the room, says something. Returns false if it has
 * said enough. */
bool session_note_saying(struct play *play, struct guest *guest, const char *room,
                         const char *message, size_t length);

#endif
