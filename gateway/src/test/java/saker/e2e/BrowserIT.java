package saker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The dashboard in a real Chromium against the real jar: the tests of {@code web-ui/e2e} on a demo
 * that trades. Their report and pictures lie in {@code web-ui/target}.
 */
class BrowserIT {
    private static final Path WEB_UI = Path.of("..", "web-ui");
    private static final String VIEWER_PASSWORD = "quiet-river-91";
    private static final long LIMIT_MINUTES = 12;

    @Test
    void shouldPassEveryBrowserTest() throws Exception {
        try (DataFolder data = DataFolder.create();
                SakerProcess demo =
                        SakerProcess.start(
                                "demo",
                                "--port",
                                "0",
                                "--management-port",
                                "0",
                                "--data",
                                data.text(),
                                "--workers",
                                "2",
                                "--speed",
                                "30")) {
            DemoApi.login(demo.ready()).awaitReady();
            String url = demo.ready();
            addViewer(data);

            File report = WEB_UI.resolve("target").resolve("e2e.log").toFile();
            int exit = playwright(url, report);

            assertThat(exit).as(Files.readString(report.toPath())).isZero();
        }
    }

    private static void addViewer(DataFolder data) {
        SakerProcess.Result added =
                SakerProcess.run(
                        Map.of("SAKER_PASSWORD", VIEWER_PASSWORD),
                        "user",
                        "add",
                        "vera",
                        "--role",
                        "viewer",
                        "--data",
                        data.text());
        assertThat(added.exit()).as(added.toString()).isZero();
    }

    private static int playwright(String url, File report)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("npm", "run", "--silent", "e2e")
                        .directory(WEB_UI.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(report);
        builder.environment().put("SAKER_URL", url);
        builder.environment().put("SAKER_E2E_PASSWORD", SakerProcess.ADMIN_PASSWORD);
        builder.environment().put("SAKER_E2E_VIEWER", "vera");
        builder.environment().put("SAKER_E2E_VIEWER_PASSWORD", VIEWER_PASSWORD);
        Process tests = builder.start();
        try {
            if (!tests.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                throw new AssertionError("browser tests did not end: " + report);
            }
            return tests.exitValue();
        } finally {
            tests.descendants().forEach(ProcessHandle::destroyForcibly);
            tests.destroyForcibly();
        }
    }
}
