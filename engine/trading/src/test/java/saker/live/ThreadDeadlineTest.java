package saker.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.journal.EngineStateDescriptor;
import saker.journal.Journal;
import saker.journal.JournalReader;
import saker.journal.ReadOnlyJournal;
import saker.model.EngineState;
import saker.model.RecordKind;
import saker.venue.OandaVenue;
import saker.venue.VenueOptions;

/** A call that never returns, in the engine's own thread: it cannot be ended, only reported. */
class ThreadDeadlineTest {

    @TempDir private Path folder;

    @Test
    void shouldHaltTheEngineAndStillObeyWhenACallNeverReturns() throws Exception {
        Vertx vertx = Vertx.vertx();
        OandaVenue venue =
                OandaVenue.start(
                                vertx,
                                VenueOptions.withToken(DemoConfigs.TOKEN)
                                        .hedging(true)
                                        .accountId(DemoConfigs.ACCOUNT)
                                        .speed(120)
                                        .conflate(false)
                                        .build())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
        Process engine = startEngine(venue.port());
        try {
            assertThat(engine.inputReader().readLine()).isEqualTo("started");

            WorkerDesk.await("a halt", () -> states().stream().anyMatch(this::isOverrun));

            Path data = folder.resolve("data");
            assertThat(ControlSocket.ask(data, "STATUS")).isEqualTo("OK HALTED");
            assertThat(ControlSocket.ask(data, "HALT test")).startsWith("OK");
            assertThat(ControlSocket.ask(data, "FLATTEN test")).doesNotStartWith("ERROR");
            assertThat(engine.isAlive()).isTrue();
        } finally {
            engine.destroyForcibly().waitFor();
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    private boolean isOverrun(EngineState state) {
        return state.scope() == EngineState.Scope.ENGINE
                && state.state() == EngineState.State.HALTED
                && state.detail().contains("call of more than 400 ms: instanceId=100");
    }

    private List<EngineState> states() {
        List<EngineState> states = new ArrayList<>();
        try (ReadOnlyJournal journal = Journal.openReadOnly(folder.resolve("data"));
                JournalReader reader = journal.newReader()) {
            reader.poll(
                    entry -> {
                        if (entry.kind() == RecordKind.ENGINE_STATE) {
                            states.add(
                                    EngineStateDescriptor.decode(
                                            entry.buffer(), entry.offset(), entry.length()));
                        }
                    },
                    Integer.MAX_VALUE);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return states;
    }

    private Process startEngine(int venuePort) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--")) {
                command.add(argument);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ThreadEngineChild.class.getName(), folder.toString()));
        command.add(Integer.toString(venuePort));
        command.add(WorkerDesk.library("bad-loop").toString());
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }
}
