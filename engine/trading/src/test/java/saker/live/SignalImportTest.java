package saker.live;

import static org.assertj.core.api.Assertions.assertThat;
import static saker.live.WorkerDesk.breakouts;
import static saker.live.WorkerDesk.group;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.core.Fixtures;
import saker.journal.RecordFileWriter;
import saker.journal.SignalDescriptor;
import saker.model.RecordKind;
import saker.model.Signal;
import saker.model.SignalBits;
import saker.model.WorkerEvent.Policy;
import saker.strategy.TestLibrary;
import saker.time.EpochNanoClock;

/** What a child wrote is taken in once, and only if every part of it fits the journal. */
class SignalImportTest {
    private static final long OURS = 1;
    private static final long ANOTHER_WORKERS = 2;

    @TempDir private Path folder;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private WorkerDesk desk;
    private SignalImport signals;
    private WorkerOptions options;
    private RecordFileWriter child;
    private int files;

    @BeforeEach
    void start() throws Exception {
        desk =
                WorkerDesk.prepare(
                        folder,
                        List.of(group("g", TestLibrary.path(), 2, 0, Policy.HOLD)),
                        breakouts("g", (int) OURS, 2));
        signals =
                new SignalImport(
                        desk.journal, desk.setup.instruments(), desk.setup.config().strategies());
        begin();
    }

    @AfterEach
    void stop() throws Exception {
        child.close();
        desk.close();
    }

    /** The file of another incarnation. */
    private void begin() throws Exception {
        Path incarnation = folder.resolve("incarnation" + files++);
        Files.createDirectories(incarnation);
        options =
                new WorkerOptions(
                        folder, incarnation, folder, "g-1", "g", 1, "", folder, "", folder, null);
        child = new RecordFileWriter(options.signals(), EpochNanoClock.system());
    }

    @Test
    void shouldTakeEachSignalInOnceOverAllIncarnations() throws Exception {
        long first = desk.ticks(1);
        Signal one = signal(OURS, desk.lastBidE8(), SignalBits.OPEN_BUY);
        write(first, one);
        assertThat(take()).isNull();
        long second = desk.ticks(1);
        Signal two = signal(OURS, desk.lastBidE8(), SignalBits.CLOSE_BUY);
        begin();
        write(first, one);
        write(second, two);

        assertThat(take()).isNull();

        assertThat(desk.signals().get(OURS))
                .containsExactly(
                        new WorkerDesk.Recorded(first, one), new WorkerDesk.Recorded(second, two));
        assertThat(signals.repeated()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAnInstanceOfAnotherWorker() throws Exception {
        write(desk.ticks(1), signal(ANOTHER_WORKERS, desk.lastBidE8(), SignalBits.OPEN_BUY));

        assertThat(take()).contains("not an instance of this worker");
        assertThat(desk.signals()).isEmpty();
    }

    @Test
    void shouldRefuseAnotherQuoteThanThatOfTheTick() throws Exception {
        write(desk.ticks(1), signal(OURS, desk.lastBidE8() + 1, SignalBits.OPEN_BUY));

        assertThat(take()).contains("cause is not the tick");
    }

    @Test
    void shouldRefuseACauseThatIsNoTick() throws Exception {
        desk.ticks(1);
        write(desk.setup.configIndex(), signal(OURS, desk.lastBidE8(), SignalBits.OPEN_BUY));

        assertThat(take()).contains("cause is not the tick");
    }

    @Test
    void shouldRefuseACauseThatIsNotInTheJournal() throws Exception {
        for (long cause : new long[] {0, -1, desk.ticks(1) + 1, Long.MAX_VALUE, 1L << 40}) {
            begin();
            write(cause, signal(OURS, desk.lastBidE8(), SignalBits.OPEN_BUY));

            assertThat(take()).as("cause=" + cause).contains("cause is not the tick");
        }
    }

    @Test
    void shouldRefuseRowsThatNoFrameworkShouldReturn() throws Exception {
        long index = desk.ticks(1);
        for (Signal.Row row :
                List.of(
                        row(0, 1),
                        row(1 << 30, 1),
                        row(SignalBits.OPEN_BUY, Long.MAX_VALUE),
                        new Signal.Row(-2, SignalBits.OPEN_BUY, 1, 0, 0, 0, 0),
                        new Signal.Row(-1, SignalBits.OPEN_BUY, 1, 0, 0, 0, -1))) {
            begin();
            write(index, of(OURS, desk.lastBidE8(), 0, List.of(row)));

            assertThat(take()).contains("row out of range");
        }
        begin();
        Signal.Row good = row(SignalBits.OPEN_BUY, 1);
        write(index, of(OURS, desk.lastBidE8(), 0, List.of(good, good)));
        assertThat(take()).contains("rows=2", "allowed=1");
        begin();
        write(index, of(OURS, desk.lastBidE8(), 3009, List.of(good)));
        assertThat(take()).contains("returnCode=3009");
        assertThat(desk.signals()).isEmpty();
    }

    @Test
    void shouldWaitForTheRestOfARecordAndRefuseOneThatWasChanged() throws Exception {
        long index = desk.ticks(1);
        write(index, signal(OURS, desk.lastBidE8(), SignalBits.OPEN_BUY));
        byte[] whole = Files.readAllBytes(options.signals());
        begin();
        Files.write(options.signals(), java.util.Arrays.copyOf(whole, whole.length - 1));
        assertThat(take()).isNull();
        assertThat(desk.signals()).isEmpty();

        whole[whole.length - 1] ^= 1;
        begin();
        Files.write(options.signals(), whole);

        assertThat(take()).contains("wrong CRC");
    }

    @Test
    void shouldFindNoFaultInAChildThatIsFinished() throws Exception {
        write(desk.ticks(1), signal(OURS, desk.lastBidE8(), SignalBits.OPEN_BUY));
        SignalImport.Source source = signals.add(options, List.of(OURS));
        signals.finish(source);

        // As the thread does that was about to look at it.
        assertThat(signals.poll(source)).isZero();

        assertThat(source.problem()).isNull();
        assertThat(signals.refused()).isZero();
        assertThat(signals.imported()).isEqualTo(1);
    }

    @Test
    void shouldTakeInAllThatAChildLeft() throws Exception {
        int count = 0;
        while (Files.size(options.signals()) < 600 << 10) { // More than one poll reads.
            write(desk.ticks(1), signal(OURS, desk.lastBidE8(), SignalBits.OPEN_BUY));
            count++;
        }

        assertThat(take()).isNull();

        assertThat(signals.imported()).isEqualTo(count);
    }

    private String take() throws Exception {
        SignalImport.Source source = signals.add(options, List.of(OURS));
        signals.finish(source);
        return source.problem();
    }

    private void write(long cause, Signal signal) {
        child.append(
                RecordKind.SIGNAL,
                SignalDescriptor.VERSION,
                7,
                cause,
                0,
                true,
                buffer,
                0,
                SignalDescriptor.encode(signal, buffer, 0));
    }

    private static Signal.Row row(int bits, long lotsE8) {
        return new Signal.Row(Signal.ALL_TICKETS, bits, lotsE8, 0, 0, 0, 0);
    }

    private static Signal signal(long instanceId, long bidE8, int bits) {
        return of(instanceId, bidE8, 0, List.of(row(bits, 1)));
    }

    private static Signal of(long instanceId, long bidE8, int code, List<Signal.Row> rows) {
        return new Signal(
                instanceId,
                Fixtures.EURUSD,
                bidE8,
                bidE8 + WorkerDesk.SPREAD_E8,
                code,
                false,
                rows);
    }
}
