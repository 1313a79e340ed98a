package saker.risk;

import saker.market.Quotes;
import saker.position.AccountFigures;
import saker.position.TradeLedger;

/** What the rules look at: one account at the moment of a decision. */
public interface RiskState {

    /** Journal time of the decision. */
    long nowNs();

    boolean isEngineHalted();

    /** The engine is halted because the journal's disk runs full. */
    boolean isDiskLow();

    boolean isReconciling();

    boolean isHalted();

    /** True for instance 0: manual orders have no instance to disable. */
    boolean isInstanceEnabled(long instanceId);

    boolean isReduceOnly(int instrumentId);

    boolean isPriceStreamLive();

    boolean isHedging();

    Quotes quotes();

    TradeLedger ledger();

    /** To be computed by the rule that needs it. */
    AccountFigures figures();

    /** Opening orders under way or waiting. */
    int pendingEntries();

    /** Unsigned units that such orders may still add. */
    long pendingUnitsE4(int instrumentId, boolean buy);

    /** Entries decided in the last minute of journal time. */
    int entriesInLastMinute();

    DailyLoss dailyLoss();
}
