/*
 * A planted bug, for the test of the driver, behind conditions that random bytes do not meet in a
 * bounded number of runs, but that can be met one after the other.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static volatile int sink;

#ifdef PLANTED_OVERRUN
/* A magic number, an order of bytes and a range of a double guard a read one byte past a block. */
static void misbehave(const uint8_t *data, size_t size) {
    uint32_t magic;
    double price;
    memcpy(&magic, data, sizeof magic);
    memcpy(&price, data + 8, sizeof price);
    if (magic == 0x4B52534Bu && data[4] > 200 && data[5] < data[6] && price > 1e9
        && price < 1.5e9) {
        uint8_t *block = malloc(size);
        memcpy(block, data, size);
        sink = block[size];
        free(block);
    }
}
#else
/* One byte at a time, each a step that only coverage shows. */
static int spells(const uint8_t *data, const char *word) {
    for (size_t i = 0; word[i] != 0; i++) {
        if (data[i] != (uint8_t)word[i]) {
            return 0;
        }
        sink++;
    }
    return 1;
}
#endif

#ifdef PLANTED_HANG
static void misbehave(const uint8_t *data, size_t size) {
    (void)size;
    while (spells(data, "HANG")) {
        sink++;
    }
}
#endif

#ifdef PLANTED_LEAK
static void misbehave(const uint8_t *data, size_t size) {
    if (spells(data, "LEAK")) {
        void *volatile block = malloc(size);
        sink = block != NULL;
        block = NULL;
    }
}
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size >= 16) {
        misbehave(data, size);
    }
    return 0;
}
