import type { FeedRow } from './feed-messages';
import type { FrameScheduler } from './row-store';

type Listener = () => void;

/** The newest events of a lossless topic, newest first; an event with a known id replaces it. */
export class EventLog<E extends FeedRow> {
  private readonly capacity: number;
  private readonly schedule: FrameScheduler;
  private events: readonly E[] = [];
  private shown: readonly E[] = [];
  private readonly listeners = new Set<Listener>();
  private flushScheduled = false;

  constructor(
    capacity: number,
    schedule: FrameScheduler = (flush) => void requestAnimationFrame(flush),
  ) {
    this.capacity = capacity;
    this.schedule = schedule;
  }

  /** Replaces everything; `events` are oldest first, as the server sends them. */
  replaceAll(events: readonly E[]): void {
    this.events = [];
    this.append(events);
  }

  append(events: readonly E[]): void {
    let next = [...this.events];
    for (const event of events) {
      next = [event, ...next.filter((held) => held.id !== event.id)];
    }
    this.events = next.slice(0, this.capacity);
    if (!this.flushScheduled) {
      this.flushScheduled = true;
      this.schedule(() => {
        this.flushScheduled = false;
        this.shown = this.events;
        for (const listener of this.listeners) {
          listener();
        }
      });
    }
  }

  readonly getList = (): readonly E[] => this.shown;

  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
