package saker.api;

/** Receives changes of the engine's views, in journal order, on the live feed's thread. */
public interface EngineListener {
    default void onQuote(QuoteView quote) {}

    /** The forming bar changed, or a new one began. */
    default void onBar(String symbol, saker.model.BarPeriod period, saker.model.Bars.Bar bar) {}

    default void onAccount(AccountView account) {}

    default void onPosition(PositionView position) {}

    default void onPositionClosed(int accountId, long ticket) {}

    default void onOrder(OrderView order) {}

    default void onFill(FillView fill) {}

    default void onSignal(SignalView signal) {}

    default void onStrategy(StrategyView strategy) {}

    default void onStatus(StatusView status) {}

    default void onCommand(CommandOutcome outcome) {}
}
