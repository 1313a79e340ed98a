#include "first_init.h"

#include <stdatomic.h>
#include <time.h>

#include "saker_abi.h"

enum { NOBODY, RUNNING, DONE };
enum { WAITS = 100 };

static const struct timespec MILLISECOND = {0, 1000000};
static atomic_int phase = NOBODY;

int saker__enter_init(int *isFirst) {
    *isFirst = 0;
    for (int i = 0; i <= WAITS; i++) {
        int seen = NOBODY;
        if (atomic_load(&phase) == DONE) {
            return 0;
        }
        if (atomic_compare_exchange_strong(&phase, &seen, RUNNING)) {
            *isFirst = 1;
            return 0;
        }
        (void)nanosleep(&MILLISECOND, NULL);
    }
    return SAKER_WAIT_FOR_INIT;
}

void saker__leave_init(int isFirst, int code) {
    if (isFirst) {
        atomic_store(&phase, code == 0 ? DONE : NOBODY);
    }
}
