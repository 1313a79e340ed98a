package saker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import saker.live.ControlSocket;

/** The command against a control socket that answers as an engine does. */
class WorkersCommandTest {
    private static final String WORKERS =
            """
            [{"worker_id":"strategy-0","framework":"saker","library":"/opt/libsaker-framework.so",\
            "library_version":"4.5.10","replayable":true,"isolation":"THREAD","state":"RUNNING",\
            "pid":4711,"restarts":0,"config_id":"ab","heartbeat":"2026-03-02T14:02:05Z",\
            "last_index":"99","resident_bytes":null,"instance_ids":[7001,7002],"detail":""},\
            {"worker_id":"other-1","framework":"other","library":"/opt/other.so",\
            "library_version":null,"replayable":false,"isolation":"PROCESS","state":"RESTARTING",\
            "pid":null,"restarts":3,"config_id":"ab","heartbeat":null,"last_index":"0",\
            "resident_bytes":67108864,"instance_ids":[],"detail":"exit code 139\\u001b[2J"}]""";

    @TempDir private Path data;
    private final List<String> asked = new ArrayList<>();

    @Test
    void shouldPrintATableThatCannotDriveTheTerminal() {
        String table =
                WorkersCommand.table(Json.parse(WORKERS), Instant.parse("2026-03-02T14:02:07Z"));

        assertThat(table)
                .isEqualTo(
                        """
                        WORKER      STATE       RUNS AS  LIBRARY                       INSTANCES  PID   RESTARTS  HEARTBEAT  MEMORY  DETAIL
                        strategy-0  RUNNING     THREAD   libsaker-framework.so 4.5.10  7001,7002  4711  0         2.0 s      -
                        other-1     RESTARTING  PROCESS  other.so                      -          -     3         -          64 MB   exit code 139?[2J
                        """);
    }

    @Test
    void shouldListAsJson() throws IOException {
        Output run = run("OK " + WORKERS, "workers", "--data", data.toString(), "--json");

        assertThat(run.exit()).isZero();
        assertThat(Json.parse(run.out())).isEqualTo(Json.parse(WORKERS));
        assertThat(asked).containsExactly("WORKERS");
    }

    @Test
    void shouldAskForARestartWithItsReason() throws IOException {
        Output run =
                run(
                        "OK RESTART other-1 under way",
                        "workers",
                        "restart",
                        "other-1",
                        "--data",
                        data.toString(),
                        "--reason",
                        "it hangs");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("OK RESTART other-1 under way\n");
        assertThat(asked).containsExactly("WORKER RESTART other-1 it hangs");
    }

    @Test
    void shouldExitWithOneWhenItIsRefused() throws IOException {
        Output run = run("ERROR no such worker", "workers", "stop", "x", "--data", data.toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("ERROR no such worker\n");
    }

    @Test
    void shouldExitWithTwoWithoutAWorkerAndWithOneWithoutAnEngine() throws IOException {
        Output unnamed = run("OK", "workers", "stop", "--data", data.toString());
        Output injected = run("OK", "workers", "stop", "a\nHALT", "--data", data.toString());
        Output alone = run(null, "workers", "--data", data.toString());

        assertThat(unnamed.exit()).isEqualTo(2);
        assertThat(unnamed.err()).contains("which worker?");
        assertThat(injected.exit()).isEqualTo(2);
        assertThat(alone.exit()).isEqualTo(1);
        assertThat(alone.err()).startsWith("workers: no engine answers: data=");
        assertThat(asked).isEmpty();
    }

    /** An engine answers unless {@code answer} is null. */
    private Output run(String answer, String... args) throws IOException {
        ControlSocket socket = answer == null ? null : ControlSocket.open(data, answering(answer));
        try {
            return Output.of(args);
        } finally {
            if (socket != null) {
                socket.close();
            }
        }
    }

    private java.util.function.UnaryOperator<String> answering(String answer) {
        return line -> {
            asked.add(line);
            return answer;
        };
    }
}
