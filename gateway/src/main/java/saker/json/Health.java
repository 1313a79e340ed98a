package saker.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import saker.api.EngineView;
import saker.api.StatusView;
import saker.model.EngineState;

/** Whether the engine can do its work now, and if not, why: each reason as {@code part=state}. */
public record Health(List<String> reasons) {
    private static final Set<String> GOOD = Set.of("LIVE", "CONNECTED", "UP", "OK");

    public Health {
        reasons = List.copyOf(reasons);
    }

    public static Health of(EngineView view) {
        StatusView status = view.status();
        List<String> reasons = new ArrayList<>();
        if (status.engine() != EngineState.State.RUNNING) {
            reasons.add("engine=" + status.engine());
        }
        check("prices", status.prices(), reasons);
        check("transactions", status.transactions(), reasons);
        check("database", status.database(), reasons);
        return new Health(reasons);
    }

    public static long activeStrategies(EngineView view) {
        return view.strategies().stream().filter(s -> s.status().equals("RUNNING")).count();
    }

    /** Whether a stream or the database is in a state to work with. */
    public static boolean isGood(String state) {
        return GOOD.contains(state);
    }

    public boolean isHealthy() {
        return reasons.isEmpty();
    }

    private static void check(String part, String state, List<String> reasons) {
        if (!isGood(state)) {
            reasons.add(part + "=" + state);
        }
    }
}
