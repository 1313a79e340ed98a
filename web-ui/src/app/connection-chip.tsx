import type { FeedStatus } from '../lib/feed-client';

/** How fresh the page is, in a word and a number. */
export function ConnectionChip({ status }: { status: FeedStatus }) {
  const { text, tone } = wordOf(status);
  return (
    <span className={`chip ${tone}`} data-testid="connection">
      <i className="dot" aria-hidden="true" />
      {text}
    </span>
  );
}

function wordOf(status: FeedStatus): { text: string; tone: string } {
  const seconds = Math.floor(status.silenceMs / 1000);
  switch (status.phase) {
    case 'open':
      if (status.stale) {
        return { text: `Stale ${seconds} s`, tone: 'warn' };
      }
      if (status.delayed) {
        return { text: `Delayed ${(status.delayMs / 1000).toFixed(1)} s`, tone: 'warn' };
      }
      return { text: `Live ${status.delayMs} ms`, tone: 'good' };
    case 'reconnecting':
      return { text: `Reconnecting ${status.attempts}`, tone: 'warn' };
    case 'offline':
      return { text: 'Offline', tone: 'bad' };
    case 'ended':
      return { text: 'Signed out', tone: 'bad' };
    default:
      return { text: 'Connecting', tone: 'warn' };
  }
}
