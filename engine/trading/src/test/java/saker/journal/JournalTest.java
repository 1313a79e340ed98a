package saker.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static saker.journal.Journals.appendTick;
import static saker.journal.Journals.appendTicks;
import static saker.journal.Journals.options;
import static saker.journal.Journals.range;
import static saker.journal.Journals.tickNumbers;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.model.RecordKind;

class JournalTest {
    @TempDir Path data;

    @Test
    void shouldReadBackWhatWasAppendedInOrder() throws Exception {
        try (Journal journal = Journal.open(data, options());
                JournalReader reader = journal.newReader()) {
            List<Long> indexes = appendTicks(journal, 0, 1000);

            List<Long> read = new ArrayList<>();
            List<RecordKind> kinds = new ArrayList<>();
            while (reader.poll(
                            entry -> {
                                read.add(entry.index());
                                kinds.add(entry.kind());
                            },
                            100)
                    > 0) {}

            assertThat(kinds.get(0)).isEqualTo(RecordKind.BOOT);
            assertThat(read.subList(1, read.size())).isEqualTo(indexes);
            assertThat(indexes.get(999) - indexes.get(0)).isEqualTo(999);
        }
    }

    @Test
    void shouldHandOnEveryHeaderField() throws Exception {
        ManualClock clock = new ManualClock(Journals.NOON_NS);
        try (Journal journal = Journal.open(data, options(clock));
                JournalReader reader = journal.newReaderAtEnd()) {
            UnsafeBuffer payload = new UnsafeBuffer(new byte[] {9, 8, 7, 6, 5});
            clock.advance(5);
            long index = journal.append(RecordKind.SIGNAL, 3, 11, 22, 70_000, false, payload, 1, 3);

            int count =
                    reader.poll(
                            entry -> {
                                assertThat(entry.index()).isEqualTo(index);
                                assertThat(entry.kind()).isEqualTo(RecordKind.SIGNAL);
                                assertThat(entry.version()).isEqualTo(3);
                                assertThat(entry.marketTimeNs()).isEqualTo(11);
                                assertThat(entry.journalTimeNs()).isEqualTo(Journals.NOON_NS + 5);
                                assertThat(entry.cause()).isEqualTo(22);
                                assertThat(entry.ordinal()).isEqualTo(70_000);
                                assertThat(entry.last()).isFalse();
                                assertThat(entry.length()).isEqualTo(3);
                                assertThat(entry.buffer().getByte(entry.offset()))
                                        .isEqualTo((byte) 8);
                            },
                            10);

            assertThat(count).isEqualTo(1);
        }
    }

    @Test
    void shouldNeverLetJournalTimeDecreaseNotOverARestartEither() throws Exception {
        ManualClock clock = new ManualClock(Journals.NOON_NS);
        try (Journal journal = Journal.open(data, options(clock))) {
            appendTick(journal, 0);
            clock.set(Journals.NOON_NS - 3_600_000_000_000L);
            appendTick(journal, 1);
        }
        clock.set(Journals.NOON_NS - 30 * 3_600_000_000_000L);

        List<Long> times = new ArrayList<>();
        try (Journal journal = Journal.open(data, options(clock));
                JournalReader reader = journal.newReader()) {
            appendTick(journal, 2);
            while (reader.poll(entry -> times.add(entry.journalTimeNs()), 10) > 0) {}
        }

        assertThat(times).hasSize(5).containsOnly(Journals.NOON_NS);
    }

    @Test
    void shouldRollAt22UtcWithoutGapAndReadersFollow() throws Exception {
        ManualClock clock = new ManualClock(ns("2026-03-02T21:59:59.999999999Z"));
        try (Journal journal = Journal.open(data, options(clock));
                JournalReader first = journal.newReader();
                ReadOnlyJournal other = Journal.openReadOnly(data);
                JournalReader second = other.newReader()) {
            long before = appendTicks(journal, 0, 10).get(9);
            assertThat(tickNumbers(first)).isEqualTo(range(0, 10));
            assertThat(tickNumbers(second)).isEqualTo(range(0, 10));

            clock.set(ns("2026-03-02T22:00:00Z"));
            List<Long> after = appendTicks(journal, 10, 10);

            assertThat(JournalQueue.cycle(after.get(0))).isEqualTo(JournalQueue.cycle(before) + 1);
            assertThat(JournalQueue.sequence(after.get(0))).isZero();
            assertThat(after.get(9) - after.get(0)).isEqualTo(9);
            assertThat(tickNumbers(first)).isEqualTo(range(10, 10));
            assertThat(tickNumbers(second)).isEqualTo(range(10, 10));
            assertThat(QueueFile.list(data.resolve("journal"))).hasSize(2);
            assertThat(journal.syncer().awaitDurable(after.get(9), 5_000)).isTrue();
        }
    }

    @Test
    void shouldSkipDaysWithoutRecordsAndResumeAfterARestartInALaterDay() throws Exception {
        ManualClock clock = new ManualClock(ns("2026-03-06T21:00:00Z"));
        try (Journal journal = Journal.open(data, options(clock))) {
            appendTicks(journal, 0, 5);
            clock.set(ns("2026-03-08T22:30:00Z"));
            appendTicks(journal, 5, 5);
        }
        clock.set(ns("2026-03-11T10:00:00Z"));

        try (Journal journal = Journal.open(data, options(clock));
                JournalReader reader = journal.newReader()) {
            appendTicks(journal, 10, 5);

            assertThat(tickNumbers(reader)).isEqualTo(range(0, 15));
            assertThat(journal.recovery().quarantined()).isEmpty();
        }
    }

    @Test
    void shouldGoOnAfterAKnownPosition() throws Exception {
        ReaderPosition position;
        try (Journal journal = Journal.open(data, options());
                JournalReader reader = journal.newReader()) {
            appendTicks(journal, 0, 5);
            tickNumbers(reader);
            position = reader.position();
            appendTicks(journal, 5, 5);
        }

        try (Journal journal = Journal.open(data, options());
                JournalReader reader = journal.newReaderAfter(position)) {
            assertThat(tickNumbers(reader)).isEqualTo(range(5, 5));
            assertThat(reader.position().bootId()).isEqualTo(journal.boot().bootId());
        }
    }

    @Test
    void shouldReportPositionsItDoesNotKnow() throws Exception {
        try (Journal journal = Journal.open(data, options())) {
            long index = appendTick(journal, 0);
            ReaderPosition known = journal.positionOf(index);
            long id = known.journalId();
            long boot = known.bootId();

            assertThatThrownBy(
                            () -> journal.newReaderAfter(new ReaderPosition(id + 1, boot, index)))
                    .isInstanceOf(UnknownPositionException.class)
                    .hasMessageContaining("another journal");
            assertThatThrownBy(
                            () -> journal.newReaderAfter(new ReaderPosition(id, boot + 1, index)))
                    .isInstanceOf(UnknownPositionException.class)
                    .hasMessageContaining("another boot");
            assertThatThrownBy(
                            () -> journal.newReaderAfter(new ReaderPosition(id, boot, index + 1)))
                    .isInstanceOf(UnknownPositionException.class)
                    .hasMessageContaining("no record");
        }
    }

    @Test
    void shouldNotHandOnRecordsBeyondAnIndex() throws Exception {
        try (Journal journal = Journal.open(data, options());
                JournalReader reader = journal.newReaderAtEnd()) {
            List<Long> indexes = appendTicks(journal, 0, 10);

            int bounded = reader.poll(entry -> {}, 100, indexes.get(3));
            long lastIndex = reader.lastIndex();
            int rest = reader.poll(entry -> {}, 100);

            assertThat(bounded).isEqualTo(4);
            assertThat(lastIndex).isEqualTo(indexes.get(3));
            assertThat(rest).isEqualTo(6);
        }
    }

    @Test
    void shouldAllocateNothingPerAppendAndPoll() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        UnsafeBuffer tick = new UnsafeBuffer(new byte[TickDescriptor.LENGTH]);
        AtomicInteger read = new AtomicInteger();
        RecordHandler handler =
                entry -> {
                    if (TickDescriptor.bidE8(entry.buffer(), entry.offset()) > 0) {
                        read.lazySet(read.get() + 1);
                    }
                };
        try (Journal journal = Journal.open(data, JournalOptions.defaults("test"));
                JournalReader reader = journal.newReaderAtEnd()) {
            journal.newWaiter(WaitMode.PARK, Journal.allKinds());
            appendAndPoll(journal, reader, handler, tick, 20_000);

            long before = threads.getCurrentThreadAllocatedBytes();
            appendAndPoll(journal, reader, handler, tick, 50_000);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            // A new index page or mapped block costs a few objects, a record must not.
            assertThat(allocated / 50_000.0).as("bytes per append and poll").isLessThan(0.5);
            assertThat(read.get()).isEqualTo(70_000);
        }
    }

    @Test
    void shouldRefuseASecondWriterInThisProcess() throws Exception {
        try (Journal journal = Journal.open(data, options())) {
            assertThatThrownBy(() -> Journal.open(data, options()))
                    .isInstanceOf(JournalInUseException.class)
                    .hasMessageContaining("journal.lock");

            assertThat(appendTick(journal, 0)).isPositive();
        }
    }

    @Test
    void shouldSurviveAnInterruptOfAppenderAndReader() throws Exception {
        ManualClock clock = new ManualClock(Journals.NOON_NS);
        try (Journal journal = Journal.open(data, options(clock));
                JournalReader reader = journal.newReader()) {
            Thread.currentThread().interrupt();
            appendTicks(journal, 0, 20_000); // Maps further blocks of the file.
            clock.advance(86_400_000_000_000L);
            appendTicks(journal, 20_000, 10);

            List<Integer> numbers = tickNumbers(reader);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(numbers).isEqualTo(range(0, 20_010));
        }
    }

    @Test
    void shouldFailOnceWhenTheAppendLockIsNotGot() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        JournalListener listener =
                new JournalListener() {
                    @Override
                    public void onFailed(Throwable cause) {
                        failures.incrementAndGet();
                    }
                };
        Thread[] stuck = new Thread[1];
        java.util.concurrent.CountDownLatch inside = new java.util.concurrent.CountDownLatch(1);
        java.util.concurrent.CountDownLatch release = new java.util.concurrent.CountDownLatch(1);
        UnsafeBuffer slow =
                new UnsafeBuffer(new byte[8]) {
                    @Override
                    public long addressOffset() {
                        inside.countDown();
                        boolean interrupted = false;
                        while (release.getCount() > 0) {
                            try {
                                release.await();
                            } catch (InterruptedException e) {
                                interrupted = true;
                            }
                        }
                        assertThat(interrupted).isFalse();
                        return super.addressOffset();
                    }
                };
        try (Journal journal = Journal.open(data, options().withListener(listener))) {
            stuck[0] =
                    new Thread(
                            () -> journal.append(RecordKind.TIMER, 1, 0, 0, 0, true, slow, 0, 8));
            stuck[0].start();
            inside.await();

            long startNs = System.nanoTime();
            long index = appendTick(journal, 0);
            long waitedNs = System.nanoTime() - startNs;

            assertThat(index).isEqualTo(RecordSink.CLOSED);
            assertThat(waitedNs).isBetween(800_000_000L, 3_000_000_000L);
            assertThat(failures.get()).isEqualTo(1);
            release.countDown();
            stuck[0].join();
            assertThat(appendTick(journal, 1)).isEqualTo(RecordSink.CLOSED);
        }
    }

    @Test
    void shouldReturnClosedAfterClose() throws Exception {
        Journal journal = Journal.open(data, options());
        journal.close();

        assertThat(appendTick(journal, 0)).isEqualTo(RecordSink.CLOSED);
    }

    @Test
    void shouldFailOnceWhenTheMappedMemoryFails() throws Exception {
        List<Throwable> failures = new ArrayList<>();
        JournalListener listener =
                new JournalListener() {
                    @Override
                    public void onFailed(Throwable cause) {
                        failures.add(cause);
                    }
                };
        try (Journal journal = Journal.open(data, options().withListener(listener))) {
            long good = appendTick(journal, 0);
            UnsafeBuffer faulty =
                    new UnsafeBuffer(new byte[8]) {
                        @Override
                        public void getBytes(
                                int index,
                                org.agrona.MutableDirectBuffer to,
                                int toIndex,
                                int length) {
                            throw new InternalError("a fault occurred in an unsafe memory access");
                        }

                        @Override
                        public long addressOffset() {
                            throw new InternalError("a fault occurred in an unsafe memory access");
                        }
                    };

            long failed = journal.append(RecordKind.TICK, 1, 0, 0, 0, true, faulty, 0, 8);

            assertThat(failed).isEqualTo(RecordSink.CLOSED);
            assertThat(appendTick(journal, 1)).isEqualTo(RecordSink.CLOSED);
            assertThat(journal.isOpen()).isFalse();
            assertThat(journal.appendedIndex()).isEqualTo(good);
            assertThat(failures).hasSize(1);
        }
    }

    @Test
    void shouldKeepOrderAndLoseNothingWithSeveralThreads() throws Exception {
        int perThread = 5_000;
        try (Journal journal = Journal.open(data, options());
                JournalReader reader = journal.newReaderAtEnd()) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int from = t * perThread;
                threads.add(new Thread(() -> appendTicks(journal, from, perThread)));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }

            List<Integer> numbers = tickNumbers(reader);

            assertThat(numbers).hasSize(4 * perThread).doesNotHaveDuplicates();
            for (int t = 0; t < 4; t++) {
                int from = t * perThread;
                assertThat(numbers.stream().filter(n -> n / perThread == from / perThread))
                        .isSorted();
            }
        }
    }

    @Test
    void shouldWakeAParkedReader() throws Exception {
        try (Journal journal = Journal.open(data, options());
                JournalReader reader = journal.newReaderAtEnd()) {
            JournalWaiter waiter =
                    journal.newWaiter(WaitMode.PARK, EnumSet.of(RecordKind.ORDER_INTENT));
            AtomicInteger wakeUps = new AtomicInteger();
            AtomicInteger ticks = new AtomicInteger();
            Thread thread =
                    new Thread(
                            () -> {
                                while (wakeUps.get() < 1) {
                                    waiter.arm();
                                    int count =
                                            reader.poll(
                                                    entry -> {
                                                        if (entry.kind()
                                                                == RecordKind.ORDER_INTENT) {
                                                            wakeUps.incrementAndGet();
                                                        } else {
                                                            ticks.incrementAndGet();
                                                        }
                                                    },
                                                    10);
                                    waiter.idle(count);
                                }
                            });
            thread.start();
            appendTick(journal, 0);
            journal.appendEmpty(RecordKind.ORDER_INTENT, 1);

            thread.join(5_000);

            assertThat(thread.isAlive()).isFalse();
            assertThat(ticks.get()).isEqualTo(1);
        }
    }

    @Test
    void shouldRunWakersOfAKindOnly() throws IOException {
        try (Journal journal = Journal.open(data, options())) {
            AtomicInteger woken = new AtomicInteger();
            journal.addWaker(EnumSet.of(RecordKind.COMMAND), woken::incrementAndGet);

            appendTick(journal, 0);
            assertThat(woken.get()).isZero();
            journal.appendEmpty(RecordKind.COMMAND, 1);

            assertThat(woken.get()).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepACopyOfALibraryUnderItsHash() throws IOException {
        Path library = java.nio.file.Files.writeString(data.resolve("lib.so"), "abc");
        try (Journal journal = Journal.open(data, options())) {

            String hash = journal.copyLibrary(library);

            assertThat(hash)
                    .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
            assertThat(journal.library(hash)).hasContent("abc");
            assertThat(journal.copyLibrary(library)).isEqualTo(hash);
        }
    }

    private static void appendAndPoll(
            Journal journal,
            JournalReader reader,
            RecordHandler handler,
            UnsafeBuffer tick,
            int n) {
        for (int i = 0; i < n; i++) {
            TickDescriptor.encode(tick, 0, 1, 100 + i, 101 + i, i, 1);
            journal.append(RecordKind.TICK, 1, i, 0, 0, true, tick, 0, TickDescriptor.LENGTH);
            reader.poll(handler, 10);
        }
    }

    private static long ns(String instant) {
        Instant at = Instant.parse(instant);
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }
}
