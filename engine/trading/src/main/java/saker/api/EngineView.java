package saker.api;

import java.util.List;

/** Everything the dashboard shows, at one journal index. Lists are in a stable order. */
public record EngineView(
        StatusView status,
        List<AccountView> accounts,
        List<QuoteView> quotes,
        List<PositionView> positions,
        List<OrderView> orders,
        List<StrategyView> strategies,
        List<SignalView> signals) {}
