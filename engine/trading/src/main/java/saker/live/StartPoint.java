package saker.live;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import saker.core.CoreState;
import saker.core.TradingCore;
import saker.journal.Journal;
import saker.journal.JournalReader;
import saker.journal.Snapshot;
import saker.journal.UnknownPositionException;

/**
 * Where the parts of a start go on: behind the snapshot the journal was opened with, or, without
 * one or with one they cannot use, at the first record. That is always right and only takes longer.
 */
final class StartPoint {
    static final String CORE = "core";
    static final String SURVEY = "survey";
    static final String STRATEGIES = "strategies";
    static final String VIEWS = "views";

    private static final Logger LOG = LoggerFactory.getLogger(StartPoint.class);

    private final Journal journal;
    private final Snapshot snapshot; // Null for none, as the next.
    private CoreState core;

    /**
     * Restores the survey, if there is a snapshot of as many accounts.
     *
     * @param accounts that are configured
     */
    StartPoint(Journal journal, JournalSurvey survey, int accounts) {
        this.journal = journal;
        this.snapshot = journal.snapshot();
        if (snapshot != null && has(CORE) && has(SURVEY)) {
            try {
                CoreState decoded = CoreState.decode(snapshot.components().get(CORE));
                SurveyState surveyed = SurveyState.decode(snapshot.components().get(SURVEY));
                if (decoded.accounts() != accounts) {
                    throw new IllegalArgumentException(
                            "snapshot of other accounts: count=" + decoded.accounts());
                }
                core = decoded;
                survey.restore(surveyed);
            } catch (RuntimeException e) {
                passOver(CORE, e);
            }
        }
    }

    private StartPoint(Journal journal) {
        this.journal = journal;
        this.snapshot = null;
    }

    /** For a start that trusts no snapshot. */
    static StartPoint firstRecord(Journal journal) {
        return new StartPoint(journal);
    }

    private boolean has(String part) {
        return snapshot != null && snapshot.components().containsKey(part);
    }

    /** A reader at what the survey and the core have to see. */
    JournalReader reader() {
        return core == null ? journal.newReader() : behindSnapshot();
    }

    /** Restores a new core, and returns the reader for it. */
    JournalReader restore(TradingCore machine) {
        if (core != null) {
            machine.restore(core);
        }
        return reader();
    }

    /**
     * Restores another part, and returns the reader for it.
     *
     * @param restore throws, and has changed nothing, if the bytes are of no use to it
     */
    JournalReader restore(String part, Consumer<byte[]> restore) {
        if (core == null || !has(part)) {
            return journal.newReader();
        }
        try {
            restore.accept(snapshot.components().get(part));
        } catch (RuntimeException e) {
            passOver(part, e);
            return journal.newReader();
        }
        return behindSnapshot();
    }

    private void passOver(String part, RuntimeException why) {
        LOG.warn(
                "snapshot passed over, folding the whole journal: index={}, part={}, reason={}",
                snapshot.index(),
                part,
                why.getMessage());
    }

    private JournalReader behindSnapshot() {
        try {
            return journal.newReaderAfter(snapshot.position());
        } catch (UnknownPositionException e) {
            throw new IllegalStateException("the journal lost what it knew at its opening", e);
        }
    }
}
