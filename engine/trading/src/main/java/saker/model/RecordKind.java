package saker.model;

/** Kinds of journal records. The code is on disk: never reuse one. */
public enum RecordKind {
    // Inputs: what somebody saw.
    TICK(1),
    FEED_STATUS(2),
    SIGNAL(3),
    BROKER_EVENT(4),
    COMMAND(5),
    TIMER(6),
    CLOCK_TICK(7),
    WORKER_EVENT(8),
    // Decisions: what the core concluded from them.
    ORDER_INTENT(16),
    RISK_DECISION(17),
    ENGINE_STATE(18),
    // Context: what a replay needs to know besides.
    BOOT(32),
    INSTRUMENT(33),
    CONFIG(34),
    BARS(35),
    SKIPPED(36);

    private static final RecordKind[] BY_CODE = byCode();
    private final int code;

    RecordKind(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The kind, or null for a code this version does not know. */
    public static RecordKind ofCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /** As shown by tools: {@code OrderIntent}. */
    public String title() {
        StringBuilder title = new StringBuilder();
        for (String word : name().split("_")) {
            title.append(word.charAt(0)).append(word.substring(1).toLowerCase());
        }
        return title.toString();
    }

    private static RecordKind[] byCode() {
        RecordKind[] kinds = new RecordKind[64];
        for (RecordKind kind : values()) {
            kinds[kind.code] = kind;
        }
        return kinds;
    }
}
