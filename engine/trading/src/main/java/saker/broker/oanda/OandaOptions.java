package saker.broker.oanda;

import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Where and as whom to connect.
 *
 * @param restUrl scheme, host and port; the path {@code /v3} is added
 * @param streamUrl the same for the two streams
 * @param token read for every request, so that it can be rotated; never logged
 * @param accountId as the broker writes it: {@code 101-001-7435927-001}
 * @param accountIndex ours, as it stands in the journal
 * @param priceDeviationPct 1 to 99, see {@link TickGate}
 */
public record OandaOptions(
        URI restUrl,
        URI streamUrl,
        Supplier<String> token,
        String accountId,
        int accountIndex,
        Timing timing,
        int priceDeviationPct) {

    public OandaOptions {
        checkUrl("restUrl", restUrl);
        checkUrl("streamUrl", streamUrl);
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(timing, "timing");
        if (!accountId.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("bad account: accountId=" + accountId);
        }
    }

    /** Options with the default timing. */
    public static OandaOptions of(
            URI restUrl, URI streamUrl, Supplier<String> token, String accountId, int index) {
        return new OandaOptions(
                restUrl,
                streamUrl,
                token,
                accountId,
                index,
                Timing.DEFAULT,
                TickGate.DEVIATION_PCT_DEFAULT);
    }

    public OandaOptions withTiming(Timing changed) {
        return new OandaOptions(
                restUrl, streamUrl, token, accountId, accountIndex, changed, priceDeviationPct);
    }

    /** The path of the account: {@code /v3/accounts/{a}} and {@code rest}. */
    String accountPath(String rest) {
        return "/v3/accounts/" + accountId + rest;
    }

    private static void checkUrl(String name, URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "bad url: " + name + "=" + url + ", allowed=http(s)://host[:port]");
        }
    }

    /**
     * All in wall time.
     *
     * @param requestTimeoutMs a request without an answer is then unknown
     * @param streamSilenceMs a stream without a byte is then torn down
     * @param settleMs after sending, before a scan may prove that an order was not executed; longer
     *     than {@code requestTimeoutMs}, since the request may still be on its way
     * @param evidenceGapMs between two scans
     * @param gapDelayMs how long a hole in the transaction ids may wait for the stream to fill it
     * @param backoffFirstMs longest wait before the second try; doubles with each
     * @param backoffMaxMs longest wait of all
     * @param refusedRetryMs wait after 401 or 403: nothing gets better by trying fast
     */
    public record Timing(
            long requestTimeoutMs,
            long streamSilenceMs,
            long settleMs,
            long evidenceGapMs,
            long gapDelayMs,
            long backoffFirstMs,
            long backoffMaxMs,
            long refusedRetryMs) {

        public static final Timing DEFAULT =
                new Timing(10_000, 10_000, 12_000, 3_000, 250, 1_000, 60_000, 60_000);

        /** The same with another limit of silence. */
        public Timing withStreamSilence(long silenceMs) {
            return new Timing(
                    requestTimeoutMs,
                    silenceMs,
                    settleMs,
                    evidenceGapMs,
                    gapDelayMs,
                    backoffFirstMs,
                    backoffMaxMs,
                    refusedRetryMs);
        }

        public Timing {
            boolean good =
                    requestTimeoutMs > 0
                            && streamSilenceMs > 0
                            && settleMs > requestTimeoutMs
                            && evidenceGapMs > 0
                            && gapDelayMs > 0
                            && backoffFirstMs > 0
                            && backoffMaxMs >= backoffFirstMs
                            && refusedRetryMs > 0;
            if (!good) {
                throw new IllegalArgumentException(
                        "bad timing: requestTimeoutMs=%d, streamSilenceMs=%d, settleMs=%d, "
                                        .formatted(requestTimeoutMs, streamSilenceMs, settleMs)
                                + "evidenceGapMs=%d, gapDelayMs=%d, backoffFirstMs=%d, "
                                        .formatted(evidenceGapMs, gapDelayMs, backoffFirstMs)
                                + "backoffMaxMs=%d, refusedRetryMs=%d"
                                        .formatted(backoffMaxMs, refusedRetryMs));
            }
        }
    }
}
