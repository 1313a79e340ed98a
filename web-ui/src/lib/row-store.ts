import type { FeedRow } from './feed-messages';

type Listener = () => void;

export type FrameScheduler = (flush: () => void) => void;

/**
 * Live rows by id. Messages change the map at once; listeners hear of it once per animation frame,
 * and only those whose row or list changed. Rows are replaced, never mutated.
 */
export class RowStore<R extends FeedRow> {
  private readonly schedule: FrameScheduler;
  private rows = new Map<string, R>();
  private ids: readonly string[] = [];
  private list: readonly R[] = [];
  private listIsOld = false;

  private readonly rowListeners = new Map<string, Set<Listener>>();
  private readonly idListeners = new Set<Listener>();
  private readonly listListeners = new Set<Listener>();
  private readonly dirty = new Set<string>();
  private idsChanged = false;
  private flushScheduled = false;

  constructor(schedule: FrameScheduler = scheduleFrame) {
    this.schedule = schedule;
  }

  /** Replaces everything: what the server did not send is gone. */
  replaceAll(rows: readonly R[]): void {
    for (const id of this.rows.keys()) {
      this.dirty.add(id);
    }
    this.rows = new Map(rows.map((row) => [row.id, row]));
    for (const row of rows) {
      this.dirty.add(row.id);
    }
    this.idsChanged = true;
    this.scheduleFlush();
  }

  /** Merges fields of changed rows, adds new rows, removes gone ones. */
  apply(up: readonly R[] = [], del: readonly string[] = []): void {
    for (const row of up) {
      const held = this.rows.get(row.id);
      this.rows.set(row.id, held ? { ...held, ...row } : row);
      this.idsChanged ||= held === undefined;
      this.dirty.add(row.id);
    }
    for (const id of del) {
      if (this.rows.delete(id)) {
        this.idsChanged = true;
        this.dirty.add(id);
      }
    }
    this.scheduleFlush();
  }

  get(id: string): R | undefined {
    return this.rows.get(id);
  }

  /** Ids in order of arrival; the same array until a row comes or goes. */
  readonly getIds = (): readonly string[] => this.ids;

  /** All rows; the same array until any row changes. */
  readonly getList = (): readonly R[] => {
    if (this.listIsOld) {
      this.list = [...this.rows.values()];
      this.listIsOld = false;
    }
    return this.list;
  };

  subscribeRow(id: string, listener: Listener): () => void {
    const listeners = this.rowListeners.get(id) ?? new Set();
    listeners.add(listener);
    this.rowListeners.set(id, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) {
        this.rowListeners.delete(id);
      }
    };
  }

  readonly subscribeIds = (listener: Listener): (() => void) => {
    this.idListeners.add(listener);
    return () => this.idListeners.delete(listener);
  };

  readonly subscribeList = (listener: Listener): (() => void) => {
    this.listListeners.add(listener);
    return () => this.listListeners.delete(listener);
  };

  private scheduleFlush(): void {
    if (this.flushScheduled) {
      return;
    }
    this.flushScheduled = true;
    this.schedule(() => this.flush());
  }

  private flush(): void {
    this.flushScheduled = false;
    this.listIsOld = true;
    const changed = [...this.dirty];
    this.dirty.clear();
    for (const id of changed) {
      for (const listener of this.rowListeners.get(id) ?? []) {
        listener();
      }
    }
    if (this.idsChanged) {
      this.idsChanged = false;
      this.ids = [...this.rows.keys()];
      for (const listener of this.idListeners) {
        listener();
      }
    }
    for (const listener of this.listListeners) {
      listener();
    }
  }
}

/** A hidden tab paints no frames: rows are kept, rendering waits until it is shown. */
function scheduleFrame(flush: () => void): void {
  requestAnimationFrame(flush);
}
