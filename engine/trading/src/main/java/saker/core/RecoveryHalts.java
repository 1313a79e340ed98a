package saker.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import saker.model.EngineState;
import saker.model.RiskRule;

/**
 * Halts for records that could not be applied while recovering: what we believe of the account, or
 * of all where the record names none, may be wrong. Recorded states of before must not lift them,
 * nor may a command that waited for this boot; so they lead the first answer, and every one up to
 * the boot's own that finds them gone.
 */
final class RecoveryHalts {
    private static final String WHY = "not applied while recovering: ";

    private final List<EngineState> halts = new ArrayList<>();
    private final List<EngineState> found = new ArrayList<>(); // Since the journal began.
    private boolean told;

    /**
     * A record failed; the first of each account counts.
     *
     * @param accountId −1 where it is not known
     */
    void add(int accountId, String detail) {
        EngineState.Scope scope =
                accountId < 0 ? EngineState.Scope.ENGINE : EngineState.Scope.ACCOUNT;
        long id = Math.max(0, accountId);
        EngineState halt =
                new EngineState(scope, id, EngineState.State.HALTED, RiskRule.NONE, WHY + detail);
        if (halts.stream().noneMatch(other -> other.scope() == scope && other.scopeId() == id)) {
            halts.add(halt);
            found.add(halt);
        }
    }

    /** All that were found, told or not: a start finds them anew. */
    List<EngineState> found() {
        return List.copyOf(found);
    }

    /** Takes over what was found up to a snapshot. */
    void restore(List<EngineState> before) {
        halts.addAll(before);
        found.addAll(before);
    }

    boolean isEmpty() {
        return halts.isEmpty();
    }

    /** What leads the next answer, beginning with what a crash left of it in the journal. */
    List<EngineState> due(
            List<RecordedDecisions.Recorded> outputs, Predicate<EngineState> inEffect) {
        List<EngineState> due = recorded(outputs);
        for (EngineState halt : halts) {
            if (!due.contains(halt) && !(told && inEffect.test(halt))) {
                due.add(halt);
            }
        }
        told = true;
        return due;
    }

    void clear() {
        halts.clear();
    }

    /** Those that lead a recorded answer; a replay, which recovers nothing, takes them as given. */
    static List<EngineState> recorded(List<RecordedDecisions.Recorded> outputs) {
        List<EngineState> leading = new ArrayList<>();
        for (RecordedDecisions.Recorded output : outputs) {
            if (!(output.output().fact() instanceof EngineState state)
                    || !state.detail().startsWith(WHY)) {
                break;
            }
            leading.add(state);
        }
        return leading;
    }
}
