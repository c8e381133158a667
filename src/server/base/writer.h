/* The checked JSON writer behind a call's answer (public part: stellar/server.h). */
#ifndef STELLAR_SERVER_WRITER_H
#define STELLAR_SERVER_WRITER_H

#include "pool.h"

/* What may be written next. */
enum stellar__writer_state {
    STELLAR__WRITER_ITEM,  /* a value, in an array */
    STELLAR__WRITER_KEY,   /* a key, in an object */
    STELLAR__WRITER_VALUE, /* the value of a key */
    STELLAR__WRITER_FAULTY /* nothing any more */
};

struct stellar_writer {
    struct stellar__buffer buffer;
    uint32_t arrays; /* bit n: level n is an array */
    unsigned depth;  /* 1: inside the answer's own object */
    enum stellar__writer_state state;
    bool comma;        /* a comma stands before what is written next */
    const char *fault; /* what the caller did wrong first, or NULL */
};

/* Starts an answer: its opening brace is written. Its memory comes from the pool, and
 * goes back there. */
void stellar__writer_init(struct stellar_writer *writer, struct stellar__pool *pool);
void stellar__writer_free(struct stellar_writer *writer, struct stellar__pool *pool);
/* Forgets all that was written, also a fault. */
void stellar__writer_reset(struct stellar_writer *writer);
/* True if all is written and well: no fault, nothing left open, memory enough. */
bool stellar__writer_is_sound(const struct stellar_writer *writer);
/* A double with as many digits (15 to 17) as it takes to read back the same; not
 * finite: null. */
void stellar__buffer_double(struct stellar__buffer *buffer, double value);

#endif
