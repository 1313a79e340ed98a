import { describe, expect, it } from 'vitest';
import { EventLog } from './event-log';
import { RowStore } from './row-store';

type Row = { id: string; [field: string]: unknown };

function frames() {
  const waiting: (() => void)[] = [];
  return {
    schedule: (flush: () => void) => waiting.push(flush),
    paint: () => {
      for (const flush of waiting.splice(0)) {
        flush();
      }
    },
    waiting,
  };
}

describe('RowStore', () => {
  it('should merge changed fields into a new row object', () => {
    const { schedule } = frames();
    const store = new RowStore<Row>(schedule);
    store.replaceAll([{ id: 'a', px: '1', pnl: '0' }]);
    const before = store.get('a');

    store.apply([{ id: 'a', pnl: '5' }]);

    expect(store.get('a')).toEqual({ id: 'a', px: '1', pnl: '5' });
    expect(store.get('a')).not.toBe(before);
  });

  it('should notify once per frame and only rows that changed', () => {
    const { schedule, paint, waiting } = frames();
    const store = new RowStore<Row>(schedule);
    store.replaceAll([{ id: 'a' }, { id: 'b' }]);
    paint();
    const calls: string[] = [];
    store.subscribeRow('a', () => calls.push('a'));
    store.subscribeRow('b', () => calls.push('b'));

    store.apply([{ id: 'a', px: '1' }]);
    store.apply([{ id: 'a', px: '2' }]);
    expect(waiting).toHaveLength(1);
    paint();

    expect(calls).toEqual(['a']);
  });

  it('should keep the id list the same object until a row comes or goes', () => {
    const { schedule, paint } = frames();
    const store = new RowStore<Row>(schedule);
    store.replaceAll([{ id: 'a' }]);
    paint();
    const ids = store.getIds();

    store.apply([{ id: 'a', px: '1' }]);
    paint();
    expect(store.getIds()).toBe(ids);

    store.apply([{ id: 'b' }], ['a']);
    paint();
    expect(store.getIds()).toEqual(['b']);
  });

  it('should drop rows that a snapshot does not hold', () => {
    const { schedule, paint } = frames();
    const store = new RowStore<Row>(schedule);
    store.replaceAll([{ id: 'a' }, { id: 'b' }]);
    store.replaceAll([{ id: 'b' }]);
    paint();

    expect(store.getList()).toEqual([{ id: 'b' }]);
    expect(store.get('a')).toBeUndefined();
  });

  it('should stop calling a listener that left', () => {
    const { schedule, paint } = frames();
    const store = new RowStore<Row>(schedule);
    let calls = 0;
    const leave = store.subscribeRow('a', () => calls++);
    leave();

    store.apply([{ id: 'a' }]);
    paint();

    expect(calls).toBe(0);
  });
});

describe('EventLog', () => {
  it('should show the newest first, replace a known id and keep no more than its capacity', () => {
    const { schedule, paint } = frames();
    const log = new EventLog<Row>(2, schedule);

    log.append([{ id: '1', state: 'NEW' }, { id: '2' }]);
    log.append([{ id: '1', state: 'FILLED' }, { id: '3' }]);
    paint();

    expect(log.getList()).toEqual([{ id: '3' }, { id: '1', state: 'FILLED' }]);
  });
});
