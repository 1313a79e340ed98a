package saker.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import saker.model.RecordKind;
import saker.model.WorkerEvent;

/**
 * Released layouts stay readable: each golden file is one whole record, header included, of a
 * version. {@code -Dsaker.golden.write=DIR} writes the files of the present layouts there.
 */
class LayoutGoldenTest {
    private static final long INDEX = 0x4F8200000001L;

    @ParameterizedTest
    @EnumSource(RecordKind.class)
    void shouldReadAndWriteTheReleasedLayout(RecordKind kind) throws IOException {
        byte[] present = record(kind);
        String write = System.getProperty("saker.golden.write");
        if (write != null) {
            Files.write(Path.of(write, name(kind)), present);
        }

        byte[] golden = golden(name(kind));

        assertThat(present).as("bytes of " + kind).isEqualTo(golden);
        byte[] payload = Arrays.copyOfRange(golden, RecordDescriptor.HEADER_LENGTH, golden.length);
        assertThat(Facts.decode(kind, payload))
                .usingRecursiveComparison()
                .isEqualTo(Facts.sample(kind));
    }

    /** It had no id of a command. */
    @Test
    void shouldReadTheFirstLayoutOfAWorkerEvent() throws IOException {
        byte[] golden = golden("WorkerEvent-v1.bin");
        byte[] payload = Arrays.copyOfRange(golden, RecordDescriptor.HEADER_LENGTH, golden.length);
        RecordView first =
                new VersionedView(new Facts.PayloadView(RecordKind.WORKER_EVENT, payload), 1);

        WorkerEvent event = (WorkerEvent) RecordDecoder.decode(first);

        assertThat(event.commandId()).isEmpty();
        assertThat(event)
                .usingRecursiveComparison()
                .ignoringFields("commandId")
                .isEqualTo(Facts.sample(RecordKind.WORKER_EVENT));
    }

    @ParameterizedTest
    @EnumSource(names = {"BROKER_EVENT", "ORDER_INTENT"})
    void shouldReadTheLayoutBefore(RecordKind kind) throws IOException {
        byte[] golden = golden(kind.title() + "-v1.bin");
        byte[] payload = Arrays.copyOfRange(golden, RecordDescriptor.HEADER_LENGTH, golden.length);

        Object fact =
                RecordDecoder.decode(new VersionedView(new Facts.PayloadView(kind, payload), 1));

        assertThat(fact).usingRecursiveComparison().isEqualTo(Facts.firstSample(kind));
    }

    @Test
    void shouldReadTheReleasedHeader() throws IOException {
        UnsafeBuffer golden = new UnsafeBuffer(golden(name(RecordKind.TICK)));

        assertThat(RecordDescriptor.kindCode(golden)).isEqualTo(RecordKind.TICK.code());
        assertThat(RecordDescriptor.version(golden)).isEqualTo(1);
        assertThat(RecordDescriptor.last(golden)).isTrue();
        assertThat(RecordDescriptor.ordinal(golden)).isEqualTo(70_000);
        assertThat(RecordDescriptor.payloadLength(golden)).isEqualTo(TickDescriptor.LENGTH);
        assertThat(RecordDescriptor.index(golden)).isEqualTo(INDEX);
        assertThat(RecordDescriptor.marketTimeNs(golden)).isEqualTo(1_772_452_800_000_000_001L);
        assertThat(RecordDescriptor.journalTimeNs(golden)).isEqualTo(1_772_452_800_000_000_002L);
        assertThat(RecordDescriptor.cause(golden)).isEqualTo(INDEX - 1);
    }

    @ParameterizedTest
    @EnumSource(RecordKind.class)
    void shouldRefuseATruncatedOrLongerPayload(RecordKind kind) {
        byte[] payload = Facts.encode(Facts.sample(kind));

        for (int length = 0; length < payload.length; length++) {
            byte[] truncated = Arrays.copyOf(payload, length);
            assertThatThrownBy(() -> Facts.decode(kind, truncated))
                    .isInstanceOf(PayloadDamagedException.class)
                    .hasMessageContaining("kind=" + kind);
        }
        if (payload.length > 0) {
            byte[] longer = Arrays.copyOf(payload, payload.length + 1);
            assertThatThrownBy(() -> Facts.decode(kind, longer))
                    .isInstanceOf(PayloadDamagedException.class);
        }
    }

    /** A flipped byte is refused or changes a value; it never ends in another exception. */
    @ParameterizedTest
    @EnumSource(RecordKind.class)
    void shouldRefuseDamageWithItsOwnException(RecordKind kind) {
        byte[] payload = Facts.encode(Facts.sample(kind));

        for (int i = 0; i < payload.length; i++) {
            byte[] flipped = payload.clone();
            flipped[i] ^= (byte) 0xFF;
            try {
                Object fact = Facts.decode(kind, flipped);
                assertThat(Facts.encode(fact)).as("byte %d", i).isEqualTo(flipped);
            } catch (PayloadDamagedException e) {
                assertThat(e).hasMessageContaining(kind.name());
            }
        }
    }

    @Test
    void shouldRefuseAVersionItDoesNotKnow() {
        RecordView newer =
                new VersionedView(new Facts.PayloadView(RecordKind.TIMER, new byte[16]), 2);

        assertThatThrownBy(() -> RecordDecoder.decode(newer))
                .isInstanceOf(PayloadDamagedException.class)
                .hasMessageContaining("kind=TIMER, version=2");
    }

    private static byte[] record(RecordKind kind) {
        byte[] payload = Facts.encode(Facts.sample(kind));
        ByteBuffer bytes = ByteBuffer.allocate(RecordDescriptor.HEADER_LENGTH + payload.length);
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        RecordDescriptor.encodeHeader(
                buffer,
                kind.code(),
                RecordDecoder.newestVersion(kind),
                RecordDescriptor.LAST,
                70_000,
                payload.length,
                INDEX,
                1_772_452_800_000_000_001L,
                1_772_452_800_000_000_002L,
                INDEX - 1);
        buffer.putBytes(RecordDescriptor.HEADER_LENGTH, payload);
        RecordDescriptor.encodeCrc(
                buffer, RecordDescriptor.computeCrc(new CRC32C(), bytes, bytes.capacity()));
        return bytes.array();
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = LayoutGoldenTest.class.getResourceAsStream("golden/" + name)) {
            assertThat(in).as("golden file " + name).isNotNull();
            return in.readAllBytes();
        }
    }

    private static String name(RecordKind kind) {
        return kind.title() + "-v" + RecordDecoder.newestVersion(kind) + ".bin";
    }

    private record VersionedView(Facts.PayloadView of, int version) implements RecordView {
        @Override
        public long index() {
            return of.index();
        }

        @Override
        public RecordKind kind() {
            return of.kind();
        }

        @Override
        public long marketTimeNs() {
            return of.marketTimeNs();
        }

        @Override
        public long journalTimeNs() {
            return of.journalTimeNs();
        }

        @Override
        public long cause() {
            return of.cause();
        }

        @Override
        public int ordinal() {
            return of.ordinal();
        }

        @Override
        public boolean last() {
            return of.last();
        }

        @Override
        public org.agrona.DirectBuffer buffer() {
            return of.buffer();
        }

        @Override
        public int offset() {
            return of.offset();
        }

        @Override
        public int length() {
            return of.length();
        }
    }
}
