/*
 * A small coverage-guided fuzzer for compilers without libFuzzer. A target is the same function,
 * and the flags are a part of libFuzzer's with the same meaning:
 *
 *   target [-flag=value ...] FOLDER...   reads the inputs in the folders, then changes them at
 *                                        random and keeps those that reach something new; these
 *                                        are written to the first folder
 *   target FILE...                       runs these inputs
 *
 *   -runs=N             stops after N inputs; 0 runs those in the folders only   [no limit]
 *   -max_total_time=S   stops after S seconds                                    [no limit]
 *   -seed=N             the same seed, folders and -runs give the same inputs    [1]
 *   -timeout=S          longest time for one input                               [20]
 *   -max_len=N          longest input, in bytes                                  [4096]
 *   -dict=FILE          words of the format
 *   -artifact_prefix=P  put before the name of a file with a finding             [none]
 *   -minimize_crash=1   makes the FILE smaller while it still fails; writes FILE.min
 *   -merge=1            copies to the first folder the smallest inputs that reach every edge,
 *                       however often they run it: a corpus to keep
 *   -feedback=0         ours: learns nothing from coverage; to show what it is worth
 *
 * Ends with 0, 1 for wrong use, or 77 for a finding, whose input is written to
 * finding-SEED-RUN.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "child.h"
#include "corpus.h"
#include "coverage.h"
#include "files.h"
#include "mutate.h"

__attribute__((weak)) int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { USAGE_EXIT = 1, FINDING_EXIT = 77 };
enum { SECONDS_BETWEEN_LINES = 30 };

typedef struct {
    int64_t runs;         /* -1: no limit */
    int64_t totalSeconds; /* 0: no limit */
    uint64_t seed;
    size_t lengthMax;
    int64_t timeoutSeconds;
    const char *dictionary, *artifactPrefix, *outFolder;
    int minimizes, merges, hasFeedback;
} options;

typedef struct {
    options options;
    fuzz_files files;
    fuzz_mutator mutator;
    fuzz_corpus corpus;
    uint32_t features[FUZZ_EDGES];
    time_t start, lastLine;
} session;

static session fuzzing;

static void fail(const char *text, const char *value) {
    fprintf(stderr, "%s: %s\n", text, value);
    exit(USAGE_EXIT);
}

static void read_number(const char *flag, const char *text, int64_t *out) {
    char *end;
    *out = strtoll(text, &end, 10);
    if (end == text || *end != 0) {
        fail("not a number", flag);
    }
}

static void read_flag(options *o, const char *flag) {
    const char *value = strchr(flag, '=');
    size_t length = value != NULL ? (size_t)(value - flag) : 0;
    int64_t number = 0;
    if (value == NULL) {
        fail("a flag without a value", flag);
    }
    value++;
#define IS(name) (length == sizeof(name) - 1 && strncmp(flag, name, length) == 0)
    if (IS("-dict")) {
        o->dictionary = value;
        return;
    }
    if (IS("-artifact_prefix")) {
        o->artifactPrefix = value;
        return;
    }
    read_number(flag, value, &number);
    if (IS("-runs")) {
        o->runs = number;
    } else if (IS("-max_total_time")) {
        o->totalSeconds = number;
    } else if (IS("-seed")) {
        o->seed = (uint64_t)number;
    } else if (IS("-timeout")) {
        o->timeoutSeconds = number;
    } else if (IS("-max_len") && number > 0 && number <= FUZZ_INPUT_MAX) {
        o->lengthMax = (size_t)number;
    } else if (IS("-minimize_crash")) {
        o->minimizes = number != 0;
    } else if (IS("-merge")) {
        o->merges = number != 0;
    } else if (IS("-feedback")) {
        o->hasFeedback = number != 0;
    } else {
        fail("unknown flag or value", flag);
    }
#undef IS
}

/* Returns 1 if folders were given, 0 for files. */
static int read_arguments(session *s, int argc, char **argv) {
    int folders = 0, files = 0;
    s->options = (options){.runs = -1, .seed = 1, .lengthMax = 4096, .timeoutSeconds = 20,
                           .artifactPrefix = "", .hasFeedback = 1};
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == '-') {
            read_flag(&s->options, argv[i]);
            continue;
        }
        int isFolder = fuzz_is_folder(argv[i]);
        folders += isFolder;
        files += !isFolder;
        if (isFolder && s->options.outFolder == NULL) {
            s->options.outFolder = argv[i];
        }
        if (!fuzz_add_files(&s->files, argv[i])) {
            fail("cannot be read", argv[i]);
        }
    }
    if (folders > 0 && files > 0) {
        fail("files and folders do not go together", argv[0]);
    }
    return files == 0;
}

static size_t edges_of(const fuzz_corpus *corpus) {
    size_t edges = 0;
    for (size_t edge = 0; edge < FUZZ_EDGES; edge++) {
        int isReached = 0;
        for (size_t i = 0; i < FUZZ_COUNT_CLASSES; i++) {
            isReached |= corpus->owners[edge * FUZZ_COUNT_CLASSES + i] != 0;
        }
        edges += (size_t)isReached;
    }
    return edges;
}

static void print_line(session *s, const char *what) {
    size_t bytes = 0;
    for (size_t i = 0; i < s->corpus.count; i++) {
        bytes += s->corpus.entries[i].bytes != NULL ? s->corpus.entries[i].size : 0;
    }
    time_t now = time(NULL);
    uint64_t runs = fuzz_attempt_now()->run;
    uint64_t seconds = now > s->start ? (uint64_t)(now - s->start) : 1;
    fprintf(stderr,
            "#%" PRIu64 " %s edges: %zu features: %zu corpus: %zu/%zub exec/s: %" PRIu64 "\n",
            runs, what, edges_of(&s->corpus), s->corpus.featureCount, s->corpus.liveCount, bytes,
            runs / seconds);
    s->lastLine = now;
}

/* Returns what fuzz_corpus_add does. */
static int try_input(session *s, const uint8_t *bytes, size_t size, int isKept) {
    fuzz_execute(bytes, size);
    size_t count = fuzz_coverage_features(s->features);
    for (size_t i = 0; i < count && s->options.merges; i++) {
        s->features[i] -= s->features[i] % FUZZ_COUNT_CLASSES;
    }
    return isKept ? fuzz_corpus_add(&s->corpus, bytes, size, s->features, count) : 0;
}

static void read_corpus(session *s) {
    fuzz_attempt *attempt = fuzz_attempt_now();
    for (size_t i = 0; i < s->files.count; i++) {
        const fuzz_file *file = &s->files.files[i];
        memcpy(attempt->path, file->path, sizeof attempt->path);
        (void)try_input(s, file->bytes, file->size, 1);
    }
    attempt->path[0] = 0;
    if (s->corpus.liveCount == 0) {
        (void)try_input(s, (const uint8_t *)"", 0, 1);
    }
}

static int is_time_up(const session *s, uint64_t run) {
    const options *o = &s->options;
    return (o->runs >= 0 && run > (uint64_t)o->runs)
        || (o->totalSeconds > 0 && run % 64 == 0 && time(NULL) - s->start >= o->totalSeconds);
}

static void fuzz(void *context) {
    session *s = context;
    const options *o = &s->options;
    fuzz_attempt *attempt = fuzz_attempt_now();
    uint8_t *input = malloc(FUZZ_INPUT_MAX);
    read_corpus(s);
    print_line(s, "read");
    for (uint64_t run = 1; !is_time_up(s, run) && s->corpus.liveCount > 0; run++) {
        const fuzz_entry *from = fuzz_corpus_pick(&s->corpus, fuzz_random(&s->mutator));
        const fuzz_entry *other = fuzz_corpus_pick(&s->corpus, fuzz_random(&s->mutator));
        size_t size = from->size < o->lengthMax ? from->size : o->lengthMax;
        memcpy(input, from->bytes, size);
        size = fuzz_mutate(&s->mutator, input, size, o->lengthMax, other->bytes, other->size);
        attempt->run = run;
        if (try_input(s, input, size, o->hasFeedback) == 2 && o->outFolder != NULL) {
            (void)fuzz_write_input(o->outFolder, input, size);
        }
        if (run % 64 == 0 && time(NULL) - s->lastLine >= SECONDS_BETWEEN_LINES) {
            print_line(s, "pulse");
        }
    }
    print_line(s, "done");
    free(input);
}

static void merge(void *context) {
    session *s = context;
    read_corpus(s);
    for (size_t i = 0; i < s->corpus.count; i++) {
        const fuzz_entry *entry = &s->corpus.entries[i];
        if (entry->bytes != NULL
            && !fuzz_write_input(s->options.outFolder, entry->bytes, entry->size)) {
            fail("cannot be written to", s->options.outFolder);
        }
    }
    print_line(s, "merged");
}

static void replay(void *context) {
    session *s = context;
    read_corpus(s);
    fprintf(stderr, "%zu inputs without a finding\n", s->files.count);
}

static const char *kind_of(int status) {
    return WIFSIGNALED(status)                  ? "died of a signal"
           : WEXITSTATUS(status) == FUZZ_HUNG   ? "hung"
           : WEXITSTATUS(status) == FUZZ_LEAKED ? "leaked"
                                                : "failed";
}

static void report(const session *s, int status) {
    const fuzz_attempt *attempt = fuzz_attempt_now();
    char path[FUZZ_PATH];
    fprintf(stderr, "finding: the target %s (wait status %d), seed %" PRIu64 ", run %" PRIu64
            ", %zu bytes\n", kind_of(status), status, s->options.seed, attempt->run,
            attempt->size);
    if (attempt->path[0] != 0) {
        fprintf(stderr, "finding: %s\n", attempt->path);
        return;
    }
    snprintf(path, sizeof path, "%sfinding-%" PRIu64 "-%" PRIu64, s->options.artifactPrefix,
             s->options.seed, attempt->run);
    int isWritten = fuzz_write_file(path, attempt->bytes, attempt->size);
    fprintf(stderr, "finding: %s %s\n", isWritten ? "written to" : "cannot be written to", path);
}

static void run_one(void *context) {
    const fuzz_file *file = context;
    fuzz_execute(file->bytes, file->size);
}

/* Keeps the shorter input if it ends the target in the same way. */
static int still_fails(fuzz_file *file, const uint8_t *bytes, size_t size, int status) {
    fuzz_file candidate = {.bytes = malloc(size + 1), .size = size};
    memcpy(candidate.bytes, bytes, size);
    int same = fuzz_in_child(run_one, &candidate, 1) == status;
    if (same) {
        memcpy(file->bytes, bytes, size);
        file->size = size;
    }
    free(candidate.bytes);
    return same;
}

static void drop_blocks(fuzz_file *file, int status) {
    uint8_t *shorter = malloc(file->size + 1);
    for (size_t length = file->size / 2; length > 0; length /= 2) {
        for (size_t at = 0; at + length <= file->size;) {
            memcpy(shorter, file->bytes, at);
            memcpy(shorter + at, file->bytes + at + length, file->size - at - length);
            if (!still_fails(file, shorter, file->size - length, status)) {
                at += length;
            }
        }
    }
    free(shorter);
}

static void blank_bytes(fuzz_file *file, int status) {
    uint8_t *plainer = malloc(file->size + 1);
    for (size_t at = 0; at < file->size; at++) {
        memcpy(plainer, file->bytes, file->size);
        plainer[at] = 0;
        if (file->bytes[at] != 0) {
            (void)still_fails(file, plainer, file->size, status);
        }
    }
    free(plainer);
}

static int minimize(session *s) {
    if (s->files.count != 1) {
        fail("-minimize_crash takes one", "FILE");
    }
    fuzz_file *file = &s->files.files[0];
    int status = fuzz_in_child(run_one, file, 1);
    if (status == 0) {
        fail("no finding in", file->path);
    }
    size_t before;
    do {
        before = file->size;
        drop_blocks(file, status);
    } while (file->size < before);
    blank_bytes(file, status);
    char path[FUZZ_PATH + 8];
    snprintf(path, sizeof path, "%s.min", file->path);
    if (!fuzz_write_file(path, file->bytes, file->size)) {
        fail("cannot be written", path);
    }
    fprintf(stderr, "%zu bytes, written to %s\n", file->size, path);
    return 0;
}

int main(int argc, char **argv) {
    session *s = &fuzzing;
    int isFuzzing = read_arguments(s, argc, argv);
    options *o = &s->options;
    if (o->merges && o->outFolder == NULL) {
        fail("-merge takes", "FOLDER...");
    }
    fuzz_sort_files(&s->files);
    fuzz_corpus_init(&s->corpus);
    s->mutator.random = o->seed;
    s->mutator.answersComparisons = o->hasFeedback;
    if (o->dictionary != NULL && !fuzz_read_words(&s->mutator, o->dictionary)) {
        fail("no dictionary", o->dictionary);
    }
    fuzz_child_init((unsigned)o->timeoutSeconds);
    if (LLVMFuzzerInitialize != NULL) {
        (void)LLVMFuzzerInitialize(&argc, &argv);
    }
    s->start = s->lastLine = time(NULL);
    if (o->minimizes) {
        return minimize(s);
    }
    int status = fuzz_in_child(o->merges ? merge : isFuzzing ? fuzz : replay, s, 0);
    if (status != 0) {
        report(s, status);
        return FINDING_EXIT;
    }
    return 0;
}
