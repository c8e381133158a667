/* Tells the service manager how it stands with the daemon, as sd_notify(3) does: a
 * datagram to the socket that NOTIFY_SOCKET names. Nothing happens where there is none,
 * and nothing depends on it. */
#ifndef STELLAR_STELLARD_NOTIFY_H
#define STELLAR_STELLARD_NOTIFY_H

/* "READY=1", "STOPPING=1". */
void stellar__notify(const char *state);
void stellar__notify_reloading(void);

#endif
