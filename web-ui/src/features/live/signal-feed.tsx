import { signals } from '../../api/feed';
import { useEvents, useTopicState } from '../../api/live-topic';
import { marketNow } from '../../api/system';
import { useTopicPanelState } from '../../api/topic-panel-state';
import type { Live, Signal } from '../../api/types';
import { formatLots, formatTime, humanise } from '../../lib/format';
import { Panel } from '../../ui/panel';
import { SideTag } from '../../ui/side-tag';

const SHOWN = 50;

/** What the strategies wished, and what risk said to it. */
export function SignalFeed() {
  const topic = useTopicState(signals);
  const events = useEvents(signals);
  const state = useTopicPanelState({
    what: 'signals',
    topic,
    empty: events.length === 0 ? 'No signal yet. Enabled strategies send one when they act.' : null,
  });
  return (
    <Panel title="Signals" area="signals" state={state}>
      <ol className="signals" tabIndex={0} aria-label="Signals, latest first">
        {events.slice(0, SHOWN).map((signal) => (
          <SignalItem key={signal.id} signal={signal} />
        ))}
      </ol>
    </Panel>
  );
}

function SignalItem({ signal }: { signal: Live<Signal> }) {
  const closes = signal.signal.startsWith('CLOSE');
  const words = signal.signal.split(' ');
  const side = words.at(-1) ?? '';
  const known = side === 'BUY' || side === 'SELL';
  return (
    <li className={signal.executed ? undefined : 'rejected'}>
      <span className="signal-line">
        <time>{formatTime(signal.time, marketNow())}</time>
        <b>{signal.symbol}</b>
        <span>
          {closes && 'Close '}
          {known ? <SideTag side={side} /> : humanise(signal.signal)}
        </span>
        <span className="num">{formatLots(signal.volume)}</span>
      </span>
      <span className="signal-line">
        <span className={`state ${signal.executed ? 'good' : 'bad'}`}>
          {signal.executed ? 'Accepted' : `Rejected: ${humanise(signal.reason)}`}
        </span>
        <span className="muted ellipsis" title={signal.detail || undefined}>
          {signal.strategy}
        </span>
      </span>
    </li>
  );
}
