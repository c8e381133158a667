/*
 * How unit tests use the clients of a world, and what they expect of them. Texts have '
 * instead of the " of JSON, and ` instead of '.
 */
#ifndef FAKE_H
#define FAKE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "world.h"

/* Connects a client that has read the welcome. */
struct fake_client *fake_client_new(struct fake_world *world, unsigned shard);

/* Sends text and CR LF. */
void fake_say(struct fake_client *client, const char *text);

/* The next line of output must be this one, without CR LF. A printf format. */
void fake_expect(struct fake_client *client, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* There must be another line. */
void fake_skip_line(struct fake_client *client);
void fake_expect_nothing(struct fake_client *client);
void fake_expect_goodbye(struct fake_client *client);
/* The log must contain this text. */
void fake_expect_log(struct fake_world *world, const char *text);

/* Returns a copy with " instead of ' and ' instead of `. It must be freed. */
char *fake_quote(const char *text);

#endif
