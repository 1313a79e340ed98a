#include "child.h"

#include <sanitizer/common_interface_defs.h>
#include <sanitizer/lsan_interface.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "coverage.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* In the sanitizer's runtime, but in none of gcc's headers. */
int __sanitizer_install_malloc_and_free_hooks(void (*onMalloc)(const volatile void *, size_t),
                                              void (*onFree)(const volatile void *));

/* A look for leaks costs milliseconds, so it follows an input that freed less than it allocated,
 * and no more than so often: what is kept on purpose is kept by every input. */
enum { LEAK_CHECKS_MAX = 1000 };

static fuzz_attempt *attempt;
static unsigned timeout;
static int isCounting;
static long unfreed;
static int leakChecks;

/* An allocation that is too large fails, as it does for the library's users. Freed memory is reused
 * soon, and shadow memory is cleared, not mapped anew: twice as many inputs per second. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) {
    return "allocator_may_return_null=1:quarantine_size_mb=4:clear_shadow_mmap_threshold=16777216:"
           "malloc_context_size=12:exitcode=99";
}

const char *__ubsan_default_options(void);
const char *__ubsan_default_options(void) {
    return "print_stacktrace=1";
}

static void on_malloc(const volatile void *memory, size_t size) {
    (void)memory;
    (void)size;
    unfreed += isCounting;
}

static void on_free(const volatile void *memory) {
    unfreed -= isCounting && memory != NULL;
}

static void on_alarm(int signal) {
    static const char text[] = "hang: the input took longer than -timeout\n";
    (void)signal;
    (void)!write(STDERR_FILENO, text, sizeof text - 1);
    __sanitizer_print_stack_trace();
    _exit(FUZZ_HUNG);
}

void fuzz_child_init(unsigned timeoutSeconds) {
    timeout = timeoutSeconds;
    attempt = mmap(NULL, sizeof *attempt, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
                   0);
    if (attempt == MAP_FAILED) {
        perror("mmap");
        exit(1);
    }
    signal(SIGALRM, on_alarm);
    __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);
}

fuzz_attempt *fuzz_attempt_now(void) {
    return attempt;
}

int fuzz_in_child(void (*work)(void *), void *context, int isQuiet) {
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (isQuiet && freopen("/dev/null", "w", stderr) == NULL) {
            _exit(1);
        }
        work(context);
        fflush(NULL);
        _exit(0);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) {
        perror("fork");
        exit(1);
    }
    return status;
}

static void look_for_leaks(void) {
    if (leakChecks++ < LEAK_CHECKS_MAX && __lsan_do_recoverable_leak_check() != 0) {
        _exit(FUZZ_LEAKED);
    }
}

void fuzz_execute(const uint8_t *bytes, size_t size) {
    memcpy(attempt->bytes, bytes, size);
    attempt->size = size;
    /* A block of exactly its size, so that reading past its end is seen. */
    uint8_t *copy = malloc(size);
    memcpy(copy, bytes, size);
    alarm(timeout);
    unfreed = 0;
    fuzz_coverage_reset();
    isCounting = 1;
    LLVMFuzzerTestOneInput(copy, size);
    isCounting = 0;
    alarm(0);
    free(copy);
    if (unfreed > 0) {
        look_for_leaks();
    }
}
