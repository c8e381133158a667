/*
 * Tells the service manager the daemon's state, as sd_notify(3) does: a datagram to the
 * socket that NOTIFY_SOCKET names. Without that variable nothing happens, and nothing
 * depends on it. The descriptor is open from the start to the end, because clients may
 * have taken all others when the server is told to stop.
 */
#ifndef STELLAR_STELLARD_NOTIFY_H
#define STELLAR_STELLARD_NOTIFY_H

#include <sys/socket.h>
#include <sys/un.h>

struct stellar__notifier {
    int descriptor; /* -1: there is no service manager */
    struct sockaddr_un address;
    socklen_t length;
};

void stellar__notifier_open(struct stellar__notifier *notifier);
void stellar__notifier_close(struct stellar__notifier *notifier);

/* Sends "READY=1", "STOPPING=1" and so on. May be called from any thread. */
void stellar__notify(const struct stellar__notifier *notifier, const char *state);
void stellar__notify_reloading(const struct stellar__notifier *notifier);

#endif
