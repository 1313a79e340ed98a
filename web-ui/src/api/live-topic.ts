import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { EventLog } from '../lib/event-log';
import type { FeedClient, TopicOptions } from '../lib/feed-client';
import type { FeedRow } from '../lib/feed-messages';
import { RowStore } from '../lib/row-store';

const LINGER_MS = 2_000;
const EVENTS_KEPT = 512;

export type TopicState = {
  phase: 'loading' | 'ready' | 'refused';
  message: string;
  /** Local time of the last frame, epoch ms; 0 before the first. */
  updatedMs: number;
};

/** A topic of the feed with what it holds, subscribed while anything shows it. */
abstract class LiveTopic {
  readonly name: string;
  private readonly feed: FeedClient;
  private readonly options: TopicOptions;
  private readonly listeners = new Set<() => void>();
  private users = 0;
  private unsubscribe: (() => void) | null = null;
  private state: TopicState = { phase: 'loading', message: '', updatedMs: 0 };

  constructor(feed: FeedClient, name: string, options: TopicOptions) {
    this.feed = feed;
    this.name = name;
    this.options = options;
  }

  /** Keeps the topic subscribed until the returned function is called, and a little longer. */
  retain(): () => void {
    this.users++;
    this.unsubscribe ??= this.feed.subscribe(
      this.name,
      {
        onSnapshot: (rows) => {
          this.onRows(stamp(rows));
          this.setState({ phase: 'ready', message: '', updatedMs: Date.now() });
        },
        onDelta: (up, del) => {
          this.onChange(stamp(up), del);
          this.state.updatedMs = Date.now();
        },
        onEvents: (items) => {
          this.onChange(stamp(items), []);
          this.state.updatedMs = Date.now();
        },
        onRefused: (_code, message) => this.setState({ ...this.state, phase: 'refused', message }),
      },
      this.options,
    );
    return () => {
      this.users--;
      setTimeout(() => this.releaseIfUnused(), LINGER_MS);
    };
  }

  readonly getState = (): TopicState => this.state;

  readonly subscribeState = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  protected abstract onRows(rows: FeedRow[]): void;
  protected abstract onChange(up: FeedRow[], del: string[]): void;

  private releaseIfUnused(): void {
    if (this.users === 0 && this.unsubscribe) {
      this.unsubscribe();
      this.unsubscribe = null;
    }
  }

  private setState(state: TopicState): void {
    this.state = state;
    for (const listener of this.listeners) {
      listener();
    }
  }
}

/** When this page received a row: the age of a quote is counted from here. */
export type Received = { receivedMs?: number };

function stamp(rows: FeedRow[]): FeedRow[] {
  const receivedMs = Date.now();
  return rows.map((row) => ({ ...row, receivedMs }));
}

export class RowTopic<R extends { id: string }> extends LiveTopic {
  readonly rows = new RowStore<R & FeedRow>();

  protected override onRows(rows: FeedRow[]): void {
    this.rows.replaceAll(rows as (R & FeedRow)[]);
  }

  protected override onChange(up: FeedRow[], del: string[]): void {
    this.rows.apply(up as (R & FeedRow)[], del);
  }
}

export class EventTopic<E extends { id: string }> extends LiveTopic {
  readonly events = new EventLog<E & FeedRow>(EVENTS_KEPT);

  protected override onRows(rows: FeedRow[]): void {
    this.events.replaceAll(rows as (E & FeedRow)[]);
  }

  protected override onChange(up: FeedRow[]): void {
    this.events.append(up as (E & FeedRow)[]);
  }
}

export function useTopicState(topic: RowTopic<never> | EventTopic<never> | LiveTopic): TopicState {
  useEffect(() => topic.retain(), [topic]);
  return useSyncExternalStore(topic.subscribeState, topic.getState);
}

/** Every row; renders once per frame in which any row changed. For short lists only. */
export function useRows<R extends { id: string }>(topic: RowTopic<R>): readonly (R & Received)[] {
  useEffect(() => topic.retain(), [topic]);
  return useSyncExternalStore(topic.rows.subscribeList, topic.rows.getList);
}

/** Ids only; renders when a row comes or goes. */
export function useRowIds<R extends { id: string }>(topic: RowTopic<R>): readonly string[] {
  useEffect(() => topic.retain(), [topic]);
  return useSyncExternalStore(topic.rows.subscribeIds, topic.rows.getIds);
}

/** One row; renders when it changed. */
export function useRow<R extends { id: string }>(
  topic: RowTopic<R>,
  id: string,
): (R & Received) | undefined {
  useEffect(() => topic.retain(), [topic]);
  const subscribe = useMemo(
    () => (listener: () => void) => topic.rows.subscribeRow(id, listener),
    [topic, id],
  );
  const get = useCallback(() => topic.rows.get(id), [topic, id]);
  return useSyncExternalStore(subscribe, get);
}

export function useEvents<E extends { id: string }>(topic: EventTopic<E>): readonly E[] {
  useEffect(() => topic.retain(), [topic]);
  return useSyncExternalStore(topic.events.subscribe, topic.events.getList);
}
