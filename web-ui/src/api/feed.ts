import { useSyncExternalStore } from 'react';
import { FeedClient, type FeedStatus, type SocketLike } from '../lib/feed-client';
import { EventTopic, RowTopic } from './live-topic';
import { accessToken, endSession } from './session';
import type {
  Account,
  Bar,
  CommandAnswer,
  Live,
  Order,
  Period,
  Position,
  Quote,
  Signal,
  Status,
  Strategy,
  Worker,
} from './types';

const PHONE_HZ = 5;

type Fill = { id: string; ticket: number; symbol: string; time: number };

const resumed = new Set<(replayed: number) => void>();

/** The one connection of this tab. */
export const feed = new FeedClient({
  openSocket: () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/ws`) as SocketLike,
  token: accessToken,
  onSessionEnd: endSession,
  onResumed: (replayed) => {
    for (const listener of resumed) {
      listener(replayed);
    }
  },
  client: 'web/0.1.0',
});

export function onFeedResumed(listener: (replayed: number) => void): () => void {
  resumed.add(listener);
  return () => resumed.delete(listener);
}

/** Phones ask for less: their screen cannot show more. */
function rate(hz: number): { hz: number } {
  const phone = typeof matchMedia !== 'undefined' && matchMedia('(max-width: 600px)').matches;
  return { hz: phone ? Math.min(hz, PHONE_HZ) : hz };
}

export const quotes = new RowTopic<Live<Quote>>(feed, 'quotes', rate(10));
export const strategies = new RowTopic<Live<Strategy>>(feed, 'strategies', rate(2));
export const workers = new RowTopic<Live<Worker>>(feed, 'workers', rate(1));
export const signals = new EventTopic<Live<Signal>>(feed, 'signals', {});
export const commands = new EventTopic<Live<CommandAnswer>>(feed, 'commands', {});
export const status = new EventTopic<Live<Status>>(feed, 'status', {});

const perAccount = new Map<number, AccountTopics>();

export type AccountTopics = {
  account: RowTopic<Live<Account>>;
  positions: RowTopic<Live<Position>>;
  orders: EventTopic<Live<Order>>;
  fills: EventTopic<Fill>;
};

export function accountTopics(accountId: number): AccountTopics {
  let topics = perAccount.get(accountId);
  if (!topics) {
    topics = {
      account: new RowTopic(feed, `account:${accountId}`, rate(4)),
      positions: new RowTopic(feed, `positions:${accountId}`, rate(10)),
      orders: new EventTopic(feed, `orders:${accountId}`, {}),
      fills: new EventTopic(feed, `fills:${accountId}`, {}),
    };
    perAccount.set(accountId, topics);
  }
  return topics;
}

const candles = new Map<string, RowTopic<Live<Bar>>>();

export function candleTopic(symbol: string, period: Period): RowTopic<Live<Bar>> {
  const name = `candles:${symbol}:${period}`;
  let topic = candles.get(name);
  if (!topic) {
    topic = new RowTopic(feed, name, rate(2));
    candles.set(name, topic);
  }
  return topic;
}

export function useFeedStatus(): FeedStatus {
  return useSyncExternalStore(feed.subscribeStatus, feed.getStatus);
}
