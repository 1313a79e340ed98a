package saker.strategy;

import java.util.ArrayList;
import java.util.List;

/**
 * How a library is tried out.
 *
 * @param strategyIds internal strategy ids to try; empty for all that can be found
 * @param trendMode TREND_MODE that goes with them
 * @param calls of each strategy in each run, at the most
 * @param budgetMs a run may take; a slower library gets fewer calls
 */
public record ProbeOptions(List<Integer> strategyIds, int trendMode, int calls, long budgetMs) {
    public static final ProbeOptions DEFAULTS = new ProbeOptions(List.of(), 0, 20_000, 3_000);

    public ProbeOptions {
        strategyIds = List.copyOf(strategyIds);
        if (calls < 100 || budgetMs < 1) {
            throw new IllegalArgumentException(
                    "bad trial: calls=%d, allowed=100 and more".formatted(calls));
        }
    }

    /** For the command line of the child. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add(Integer.toString(trendMode));
        arguments.add(Integer.toString(calls));
        arguments.add(Long.toString(budgetMs));
        strategyIds.forEach(id -> arguments.add(Integer.toString(id)));
        return arguments;
    }

    static ProbeOptions parse(List<String> arguments) {
        return new ProbeOptions(
                arguments.stream().skip(3).map(Integer::valueOf).toList(),
                Integer.parseInt(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Long.parseLong(arguments.get(2)));
    }
}
