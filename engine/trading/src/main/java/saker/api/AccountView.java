package saker.api;

/** One account; money E8 in account currency. Equity is balance plus unrealised P&amp;L. */
public record AccountView(
        int accountId,
        String name,
        String brokerAccount,
        String currency,
        String state,
        long balanceE8,
        long equityE8,
        long unrealizedPlE8,
        long marginUsedE8,
        long marginAvailableE8,
        long dayPlE8,
        int openTrades,
        long marketTimeNs) {}
