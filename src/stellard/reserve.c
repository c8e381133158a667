#include "reserve.h"

#include <fcntl.h>
#include <unistd.h>


void stellar__reserve_init(struct stellar__reserve *reserve)
{
    int i;

    for (i = 0; i < STELLAR__SPARES; i++) {
        reserve->descriptors[i] = -1;
    }
}


void stellar__reserve_take(struct stellar__reserve *reserve)
{
    int i;

    for (i = 0; i < STELLAR__SPARES; i++) {
        if (reserve->descriptors[i] < 0) {
            reserve->descriptors[i] = open("/dev/null", O_RDONLY | O_CLOEXEC);
        }
    }
}


void stellar__reserve_release(struct stellar__reserve *reserve)
{
    int i;

    for (i = 0; i < STELLAR__SPARES; i++) {
        if (reserve->descriptors[i] >= 0) {
            close(reserve->descriptors[i]);
            reserve->descriptors[i] = -1;
        }
    }
}
