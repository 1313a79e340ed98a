package saker.broker.simulated;

/** What to do with the three exits of a trade. */
public record TradeExits(Change takeProfit, Change stopLoss, Change trailingStopLoss) {

    /**
     * One exit: left alone, cancelled, or created (replacing the waiting one).
     *
     * @param exit the new exit; null cancels
     */
    public record Change(boolean changed, ExitSpec exit) {
        public static final Change UNCHANGED = new Change(false, null);
        public static final Change CANCEL = new Change(true, null);

        public static Change to(ExitSpec exit) {
            return new Change(true, exit);
        }
    }
}
