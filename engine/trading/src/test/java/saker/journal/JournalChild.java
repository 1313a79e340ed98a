package saker.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import saker.model.RecordKind;

/** What a child process does with a journal: {@code <act> <data folder> [number]}. */
final class JournalChild {
    static final int SNAPSHOT_BYTES = 2 << 20;

    private static final int BALLAST_BYTES = 30 << 20;

    private JournalChild() {}

    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[1]);
        int number = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        switch (arguments[0]) {
            case "write" -> write(data, number);
            case "snapshots" -> snapshots(data);
            case "open" -> open(data);
            case "durable" -> durable(data);
            case "read" -> read(data, number);
            case "fill-to-floor" -> fillToFloor(data);
            case "fill-disk" -> fillDisk(data);
            default -> throw new IllegalArgumentException("act=" + arguments[0]);
        }
    }

    /** Appends ticks for ever and says which it appended. */
    private static void write(Path data, int from) throws IOException {
        try (Journal journal = Journal.open(data, Journals.options().withIntervals(5, 0, 0))) {
            for (int i = from; journal.isOpen(); i++) {
                Journals.appendTick(journal, i);
                System.out.println(i);
            }
        }
    }

    /** Saves large snapshots for ever and says which. */
    private static void snapshots(Path data) throws IOException {
        try (Journal journal = Journal.open(data, Journals.options().withIntervals(5, 0, 0))) {
            byte[] ballast = new byte[SNAPSHOT_BYTES];
            while (journal.isOpen()) {
                long index = Journals.appendTick(journal, 1);
                java.util.Arrays.fill(ballast, (byte) index);
                journal.syncer().syncNow();
                Snapshot snapshot =
                        new Snapshot(
                                journal.positionOf(index), java.util.Map.of("ballast", ballast));
                if (journal.snapshots().save(snapshot, index)) {
                    System.out.println("saved " + index);
                }
            }
        }
    }

    private static void open(Path data) throws IOException {
        try (Journal journal = Journal.open(data, Journals.options())) {
            System.out.println("opened " + journal.journalId());
        } catch (JournalInUseException e) {
            System.out.println("refused " + e.getMessage());
        }
    }

    /** One durable record, then one behind a roll. */
    private static void durable(Path data) throws IOException {
        ManualClock clock = new ManualClock(Journals.NOON_NS);
        try (Journal journal = Journal.open(data, Journals.options(clock))) {
            awaitDurable(journal, "FIRST");
            clock.advance(86_400_000_000_000L);
            awaitDurable(journal, "ROLLED");
        }
    }

    private static void awaitDurable(Journal journal, String name) {
        // Appended before the mark, so that a roll's file work lies before it.
        System.out.println("APPEND " + name);
        long index = Journals.appendTick(journal, 1);
        boolean durable = journal.syncer().awaitDurable(index, 10_000);
        System.out.println((durable ? "DURABLE " : "LATE ") + name);
    }

    /** Reads until so many ticks came. */
    private static void read(Path data, int count) throws IOException {
        int[] seen = {0};
        try (ReadOnlyJournal journal = Journal.openReadOnly(data);
                JournalReader reader = journal.newReader()) {
            JournalWaiter waiter = journal.newWaiter();
            System.out.println("reading");
            while (seen[0] < count) {
                waiter.arm();
                waiter.idle(
                        reader.poll(
                                entry -> seen[0] += entry.kind() == RecordKind.TICK ? 1 : 0, 100));
            }
            System.out.println("read " + seen[0] + " last " + reader.lastIndex());
        }
    }

    /** A guarded journal on a small disk: it closes by itself before the disk is full. */
    private static void fillToFloor(Path data) throws IOException {
        JournalOptions options =
                Journals.options().withIntervals(0, 0, 1).withSpace(39 << 20, 38 << 20, null);
        int appended = 0;
        try (Journal journal = Journal.open(data, options)) {
            while (Journals.appendTick(journal, appended) != RecordSink.CLOSED) {
                appended++;
                if (appended % 100 == 0) {
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000);
                }
            }
        }
        System.out.println("appended " + appended);
        report(data);
    }

    /** An unguarded journal runs into the end of the disk. */
    private static void fillDisk(Path data) throws IOException {
        Path ballast = Files.write(data.resolve("ballast"), new byte[BALLAST_BYTES]);
        int appended = 0;
        Journal journal = Journal.open(data, Journals.options());
        while (Journals.appendTick(journal, appended) != RecordSink.CLOSED) {
            appended++;
        }
        System.out.println("appended " + appended);
        System.out.println("open " + journal.isOpen());
        try {
            journal.close();
        } catch (IOException | RuntimeException | InternalError e) {
            System.out.println("close " + e);
        }
        Files.delete(ballast);
        try (Journal again = Journal.open(data, Journals.options())) {
            System.out.println("recovered " + again.recovery().quarantined());
        }
        report(data);
    }

    private static void report(Path data) throws IOException {
        JournalTools.VerifyResult result = JournalTools.verify(data);
        System.out.println("ok " + result.ok() + " " + result.damage());
        JournalTools.dump(
                data,
                JournalTools.Filter.ofKinds(java.util.Set.of(RecordKind.ENGINE_STATE)),
                JournalTools.Format.TEXT,
                System.out::println);
        try (ReadOnlyJournal journal = Journal.openReadOnly(data);
                JournalReader reader = journal.newReader()) {
            List<Integer> ticks = Journals.tickNumbers(reader);
            boolean inOrder = ticks.equals(Journals.range(0, ticks.size()));
            System.out.println("ticks " + ticks.size() + " " + inOrder);
        }
    }
}
