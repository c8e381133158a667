/*
 * What unit tests say to the clients of a world, and expect of them. Texts have ' where
 * JSON has ", and ` where it has '.
 */
#ifndef FAKE_H
#define FAKE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "world.h"

/* A client that has read the welcome. */
struct fake_client *fake_client_new(struct fake_world *world, unsigned shard);

/* Text, then CR LF. */
void fake_say(struct fake_client *client, const char *text);

/* The next line of output is this one, CR LF aside. A printf format. */
void fake_expect(struct fake_client *client, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* There is a next line. */
void fake_skip_line(struct fake_client *client);
void fake_expect_nothing(struct fake_client *client);
void fake_expect_goodbye(struct fake_client *client);
/* The log holds this text. */
void fake_expect_log(struct fake_world *world, const char *text);

/* A copy with " in place of ' and ' in place of `; to be freed. */
char *fake_quote(const char *text);

#endif
