#include "spares.h"

#include <fcntl.h>
#include <unistd.h>


void stellar__spares_init(struct stellar__spares *spares)
{
    int i;

    for (i = 0; i < STELLAR__SPARES; i++) {
        spares->descriptors[i] = -1;
    }
}


void stellar__spares_take(struct stellar__spares *spares)
{
    int i;

    for (i = 0; i < STELLAR__SPARES; i++) {
        if (spares->descriptors[i] < 0) {
            spares->descriptors[i] = open("/dev/null", O_RDONLY | O_CLOEXEC);
        }
    }
}


void stellar__spares_give(struct stellar__spares *spares)
{
    int i;

    for (i = 0; i < STELLAR__SPARES; i++) {
        if (spares->descriptors[i] >= 0) {
            close(spares->descriptors[i]);
            spares->descriptors[i] = -1;
        }
    }
}
