import { create } from 'zustand';
import { useAccounts } from './accounts';
import { type AccountTopics, accountTopics, feed, status } from './feed';
import { type Received, useEvents, useRows } from './live-topic';
import { useStatus } from './status';
import type { Account, Live, Status } from './types';

/** What the shell says about the engine: the feed's word, else the last REST answer. */
export type System = {
  environment: string | undefined;
  engine: string | undefined;
  reason: string;
  prices: string | undefined;
  database: string | undefined;
  historyDelayed: boolean;
  marketRate: number;
  version: string;
};

export function useSystem(): System {
  const live = useEvents(status)[0];
  const { data: rest } = useStatus();
  const now = live ?? rest;
  return {
    environment: now?.environment,
    engine: now?.engine,
    reason: now?.reason ?? '',
    prices: now?.prices,
    database: now?.database,
    historyDelayed: now?.history_delayed ?? false,
    marketRate: now?.market_rate ?? 1,
    version: now?.version ?? '',
  };
}

/**
 * The market's clock, epoch ms: the times of bars, orders and trades are on it. In a demo it runs
 * faster than ours and may stand on another day.
 */
export function marketNow(): number {
  const latest: (Live<Status> & Received) | undefined = status.events.getList()[0];
  if (!latest?.market_time) {
    return feed.serverNow();
  }
  const sinceMs = Date.now() - (latest.receivedMs ?? Date.now());
  return latest.market_time + sinceMs * latest.market_rate;
}

/** Which account the page shows; null means the first one. */
export const useChosenAccount = create<{ accountId: number | null }>(() => ({ accountId: null }));

export function useAccountTopics(): AccountTopics {
  const chosen = useChosenAccount((state) => state.accountId);
  const { data } = useAccounts();
  return accountTopics(chosen ?? data?.[0]?.account_id ?? 0);
}

/** The shown account, from the feed or else from REST. */
export function useAccount(): Live<Account> | Account | undefined {
  const topics = useAccountTopics();
  const live = useRows(topics.account)[0];
  const { data } = useAccounts();
  const chosen = useChosenAccount((state) => state.accountId);
  return live ?? data?.find((account) => chosen === null || account.account_id === chosen);
}
