import type { ReactNode } from 'react';
import { formatClock } from '../lib/format';
import type { PanelState } from '../ui/panel';
import { feed, useFeedStatus } from './feed';
import type { TopicState } from './live-topic';

type Options = { what: string; topic: TopicState; empty: ReactNode | null };

/** A panel fed by the live feed: loading until the snapshot, marked while the feed is silent. */
export function useTopicPanelState({ what, topic, empty }: Options): PanelState {
  const status = useFeedStatus();
  if (topic.phase === 'refused') {
    return { kind: 'error', message: topic.message };
  }
  if (topic.phase === 'loading') {
    return { kind: 'loading', what, onRetry: () => feed.retryNow() };
  }
  if (status.phase !== 'open' || status.stale) {
    return { kind: 'stale', asOf: formatClock(topic.updatedMs) };
  }
  return empty === null ? { kind: 'ready' } : { kind: 'empty', message: empty };
}
