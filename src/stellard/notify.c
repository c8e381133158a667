#include "notify.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>


void stellar__notifier_open(struct stellar__notifier *notifier)
{
    const char *path = getenv("NOTIFY_SOCKET");
    size_t length = path != NULL ? strlen(path) : 0;

    *notifier = (struct stellar__notifier){.descriptor = -1};
    if (length == 0 || length >= sizeof notifier->address.sun_path ||
        (path[0] != '/' && path[0] != '@')) {
        return;
    }
    notifier->address.sun_family = AF_UNIX;
    memcpy(notifier->address.sun_path, path, length);
    if (path[0] == '@') {
        notifier->address.sun_path[0] = '\0'; /* the abstract namespace */
    }
    notifier->length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    notifier->descriptor =
        socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}


void stellar__notifier_close(struct stellar__notifier *notifier)
{
    if (notifier->descriptor >= 0) {
        close(notifier->descriptor);
    }
    notifier->descriptor = -1;
}


/* The socket is not connected, because the manager may have created a new one since. */
void stellar__notify(const struct stellar__notifier *notifier, const char *state)
{
    if (notifier->descriptor >= 0) {
        (void)sendto(notifier->descriptor, state, strlen(state), MSG_NOSIGNAL,
                     (const struct sockaddr *)&notifier->address, notifier->length);
    }
}


void stellar__notify_reloading(const struct stellar__notifier *notifier)
{
    struct timespec now;
    char state[64];

    clock_gettime(CLOCK_MONOTONIC, &now);
    snprintf(state, sizeof state, "RELOADING=1\nMONOTONIC_USEC=%" PRIu64,
             (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000);
    stellar__notify(notifier, state);
}
