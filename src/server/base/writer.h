/* The checked JSON writer for the answer of a call (public part: stellar/server.h). */
#ifndef STELLAR_SERVER_WRITER_H
#define STELLAR_SERVER_WRITER_H

#include "pool.h"

/* What may be written next. */
enum stellar__writer_state {
    STELLAR__WRITER_ITEM,  /* a value, in an array */
    STELLAR__WRITER_KEY,   /* a key, in an object */
    STELLAR__WRITER_VALUE, /* the value of a key */
    STELLAR__WRITER_FAULTY /* nothing more */
};

struct stellar_writer {
    struct stellar__buffer buffer;
    uint32_t arrays; /* bit n: level n is an array */
    unsigned depth;  /* 1: inside the answer's own object */
    enum stellar__writer_state state;
    bool comma;        /* the next value needs a comma before it */
    const char *fault; /* the caller's first mistake, or NULL */
};

/* Starts an answer and writes its opening brace. Its memory comes from the pool and
 * returns there. */
void stellar__writer_init(struct stellar_writer *writer, struct stellar__pool *pool);
void stellar__writer_free(struct stellar_writer *writer, struct stellar__pool *pool);
/* Forgets everything that was written, and a fault, too. */
void stellar__writer_reset(struct stellar_writer *writer);
/* Returns true if the answer is complete: no fault, nothing left open, enough
 * memory. */
bool stellar__writer_is_sound(const struct stellar_writer *writer);
/* Writes a double with as few digits (15 to 17) as give the same number when they are
 * read; null if it is not finite. */
void stellar__buffer_double(struct stellar__buffer *buffer, double value);

#endif
