import { describe, expect, it } from 'vitest';
import {
  type AccessToken,
  DEAD_AFTER_MS,
  FeedClient,
  type SocketLike,
  STALE_AFTER_MS,
} from './feed-client';
import type { FeedRow } from './feed-messages';

type Sent = { op: string; [field: string]: unknown };

/** A clock and its timers, moved by hand. */
class ManualTime {
  now = 1_000_000;
  private timers: { at: number; run: () => void; id: number }[] = [];
  private nextId = 1;

  set = (run: () => void, ms: number) => {
    const id = this.nextId++;
    this.timers.push({ at: this.now + ms, run, id });
    return id;
  };

  clear = (id: unknown) => {
    this.timers = this.timers.filter((timer) => timer.id !== id);
  };

  async advance(ms: number) {
    const end = this.now + ms;
    for (;;) {
      await settle();
      const next = this.timers.filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) {
        break;
      }
      this.clear(next.id);
      this.now = Math.max(this.now, next.at);
      next.run();
    }
    this.now = end;
    await settle();
  }
}

async function settle() {
  for (let i = 0; i < 8; i++) {
    await Promise.resolve();
  }
}

class FakeSocket implements SocketLike {
  sent: Sent[] = [];
  closedWith: number | null = null;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;

  send = (text: string) => void this.sent.push(JSON.parse(text) as Sent);
  close = (code = 1000) => {
    this.closedWith = code;
  };

  frame(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  drop(code: number) {
    this.onclose?.({ code, reason: '' });
  }

  of(op: string): Sent[] {
    return this.sent.filter((frame) => frame.op === op);
  }

  lastTopics(): { t: string; since?: unknown }[] {
    return (this.of('sub').at(-1)?.topics ?? []) as { t: string; since?: unknown }[];
  }
}

function setUp(over: { token?: (validMs: number) => Promise<AccessToken | null> } = {}) {
  const time = new ManualTime();
  const sockets: FakeSocket[] = [];
  const asked: number[] = [];
  let ended = 0;
  const resumed: number[] = [];
  const client = new FeedClient({
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    token:
      over.token ??
      (async (validMs) => {
        asked.push(validMs);
        return { token: `t${asked.length}`, expiresMs: time.now + 900_000 };
      }),
    onSessionEnd: () => ended++,
    onResumed: (replayed) => resumed.push(replayed),
    client: 'web/test',
    now: () => time.now,
    random: () => 0.5,
    setTimer: time.set,
    clearTimer: time.clear,
  });
  const rows = new Map<string, FeedRow>();
  const events: FeedRow[] = [];
  const state = {
    onSnapshot: (snap: FeedRow[]) => {
      rows.clear();
      for (const row of snap) {
        rows.set(row.id, row);
      }
    },
    onDelta: (up: FeedRow[], del: string[]) => {
      for (const row of up) {
        rows.set(row.id, { ...rows.get(row.id), ...row });
      }
      for (const id of del) {
        rows.delete(id);
      }
    },
    onEvents: (items: FeedRow[]) => void events.push(...items),
  };
  const socket = () => sockets.at(-1) as FakeSocket;
  const open = async (epoch = 'e1') => {
    await settle();
    socket().onopen?.();
    hello(socket(), epoch, time.now);
  };
  return {
    time,
    sockets,
    asked,
    client,
    rows,
    events,
    state,
    socket,
    open,
    resumed,
    ended: () => ended,
  };
}

function hello(socket: FakeSocket, epoch: string, now: number) {
  socket.frame({ op: 'hello', session: 's', epoch, now, hb_ms: 1000, user: 'u', role: 'admin' });
}

function snap(seq: number, rows: FeedRow[], extra: object = {}) {
  return { op: 'snap', t: 'positions:0', epoch: 'e1', seq, ts: 1_000_000, rows, ...extra };
}

function delta(prev: number, seq: number, up: FeedRow[] = [], del: string[] = []) {
  return { op: 'delta', t: 'positions:0', prev, seq, up, del };
}

describe('FeedClient', () => {
  it('should send the token in the first frame and topics only after hello', async () => {
    const { client, socket, state, time } = setUp();
    client.subscribe('positions:0', state, { hz: 10 });
    client.start();
    await settle();
    socket().onopen?.();

    expect(socket().sent).toEqual([{ op: 'auth', token: 't1', proto: 1, client: 'web/test' }]);
    hello(socket(), 'e1', time.now);
    expect(socket().lastTopics()).toEqual([{ t: 'positions:0', hz: 10 }]);
  });

  it('should apply a snapshot in parts at once, then deltas in sequence', async () => {
    const { client, socket, state, rows, open } = setUp();
    client.subscribe('positions:0', state);
    client.start();
    await open();

    socket().frame(snap(5, [{ id: 'a', pnl: '1' }], { part: [1, 2] }));
    expect(rows.size).toBe(0);
    socket().frame(snap(5, [{ id: 'b', pnl: '2' }], { part: [2, 2] }));
    socket().frame(delta(5, 6, [{ id: 'a', pnl: '9' }], ['b']));

    expect([...rows.values()]).toEqual([{ id: 'a', pnl: '9' }]);
  });

  it('should drop a repeated frame', async () => {
    const { client, socket, state, rows, open } = setUp();
    client.subscribe('positions:0', state);
    client.start();
    await open();
    socket().frame(snap(5, []));
    socket().frame(delta(5, 6, [{ id: 'a', pnl: '1' }]));

    socket().frame(delta(4, 5, [{ id: 'a', pnl: 'old' }]));
    socket().frame(delta(5, 6, [{ id: 'a', pnl: 'again' }]));

    expect(rows.get('a')).toEqual({ id: 'a', pnl: '1' });
    expect(client.gaps).toBe(0);
  });

  it('should ask for a snapshot on a gap, and ignore deltas until it comes', async () => {
    const { client, socket, state, rows, open } = setUp();
    client.subscribe('positions:0', state);
    client.start();
    await open();
    socket().frame(snap(5, [{ id: 'a', pnl: '1' }]));

    socket().frame(delta(6, 7, [{ id: 'a', pnl: '7' }]));
    socket().frame(delta(7, 8, [{ id: 'a', pnl: '8' }]));

    expect(client.gaps).toBe(1);
    expect(rows.get('a')?.pnl).toBe('1');
    expect(socket().of('sub')).toHaveLength(2);
    expect(socket().lastTopics()).toEqual([{ t: 'positions:0' }]);
    socket().frame(snap(9, [{ id: 'a', pnl: '9' }]));
    socket().frame(delta(9, 10, [{ id: 'a', pnl: '10' }]));
    expect(rows.get('a')?.pnl).toBe('10');
  });

  it('should apply a conflated delta', async () => {
    const { client, socket, state, rows, open } = setUp();
    client.subscribe('positions:0', state);
    client.start();
    await open();
    socket().frame(snap(5, []));

    socket().frame({ ...delta(5, 21, [{ id: 'a', pnl: '21' }]), cf: 16 });
    socket().frame(delta(21, 22, [{ id: 'a', pnl: '22' }]));

    expect(rows.get('a')?.pnl).toBe('22');
  });

  it('should resume by sequence after a lost connection', async () => {
    const { client, socket, sockets, state, rows, open, time } = setUp();
    client.subscribe('positions:0', state);
    client.start();
    await open();
    socket().frame(snap(5, []));

    socket().drop(1006);
    expect(client.getStatus().phase).toBe('reconnecting');
    await time.advance(1);
    await open();

    expect(sockets).toHaveLength(2);
    expect(socket().lastTopics()).toEqual([{ t: 'positions:0', since: { epoch: 'e1', seq: 5 } }]);
    socket().frame(delta(5, 6, [{ id: 'a', pnl: '6' }]));
    expect(rows.get('a')?.pnl).toBe('6');
  });

  it('should start anew in a new epoch', async () => {
    const { client, socket, state, rows, open, time } = setUp();
    client.subscribe('positions:0', state);
    client.start();
    await open();
    socket().frame(snap(500, [{ id: 'a', pnl: '1' }]));

    socket().drop(4012);
    await time.advance(1);
    await open('e2');
    expect(socket().lastTopics()).toEqual([{ t: 'positions:0' }]);
    socket().frame(snap(3, [{ id: 'b', pnl: '2' }], { epoch: 'e2' }));
    socket().frame(delta(3, 4, [{ id: 'b', pnl: '3' }]));

    expect([...rows.values()]).toEqual([{ id: 'b', pnl: '3' }]);
  });

  it('should take a snapshot after reset without asking again', async () => {
    const { client, socket, state, rows, open } = setUp();
    client.subscribe('positions:0', state);
    client.start();
    await open();
    socket().frame(snap(5, []));

    socket().frame({ op: 'reset', t: 'positions:0', reason: 'ring' });
    socket().frame(delta(900, 901, [{ id: 'x' }]));
    socket().frame(snap(901, [{ id: 'b', pnl: '1' }]));

    expect([...rows.keys()]).toEqual(['b']);
    expect(client.gaps).toBe(0);
  });

  it('should deliver every lossless event once', async () => {
    const { client, socket, state, events, open } = setUp();
    client.subscribe('fills:0', state);
    client.start();
    await open();
    const ev = (prev: number, seq: number, id: string) => ({
      op: 'ev',
      t: 'fills:0',
      prev,
      seq,
      items: [{ id }],
    });
    socket().frame({ op: 'snap', t: 'fills:0', epoch: 'e1', seq: 1, ts: 1, rows: [] });

    socket().frame(ev(1, 2, 'f1'));
    socket().frame(ev(1, 2, 'f1'));
    socket().frame(ev(2, 3, 'f2'));

    expect(events.map(({ id }) => id)).toEqual(['f1', 'f2']);
  });

  it('should acknowledge every ten frames, each half second and at a heartbeat', async () => {
    const { client, socket, state, open, time } = setUp();
    client.subscribe('positions:0', state);
    client.start();
    await open();
    const acked = () =>
      socket()
        .of('ack')
        .map(({ n }) => n);
    expect(acked()).toEqual([1]); // hello, long after the last ack

    socket().frame(snap(0, []));
    for (let seq = 1; seq <= 9; seq++) {
      socket().frame(delta(seq - 1, seq));
    }
    expect(acked()).toEqual([1, 11]);
    socket().frame(delta(9, 10));
    await time.advance(600);
    expect(acked()).toEqual([1, 11, 12]);
    socket().frame({ op: 'hb', ts: time.now, n: 13 });
    expect(acked()).toEqual([1, 11, 12, 13]);
  });

  it('should be stale after 3 s of silence and reconnect after 5 s', async () => {
    const { client, socket, sockets, open, time } = setUp();
    client.start();
    await open();

    await time.advance(STALE_AFTER_MS + 500);
    expect(client.getStatus()).toMatchObject({ phase: 'open', stale: true });
    const silent = socket();
    await time.advance(DEAD_AFTER_MS - STALE_AFTER_MS);

    expect(silent.closedWith).toBe(4000);
    expect(sockets.length).toBeGreaterThan(1);
    await open();
    expect(client.getStatus()).toMatchObject({ phase: 'open', stale: false, silenceMs: 0 });
  });

  it('should go on counting silence while it reconnects', async () => {
    const { client, socket, open, time } = setUp();
    client.start();
    await open();

    socket().drop(1006);
    await time.advance(11_000);

    expect(client.getStatus().silenceMs).toBeGreaterThan(10_000);
  });

  it('should try once at once, then with growing, bounded and jittered delays', async () => {
    const { client, socket, sockets, open, time } = setUp();
    client.start();
    await open();
    const attempts: number[] = [];
    const lost = time.now;
    for (let i = 0; i < 10; i++) {
      const before = sockets.length;
      socket().drop(1006);
      while (sockets.length === before) {
        await time.advance(250);
      }
      attempts.push(time.now - lost);
    }

    const gaps = attempts.map((at, i) => at - (attempts[i - 1] ?? 0));
    expect(gaps[0]).toBeLessThanOrEqual(250);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30_250);
    expect(gaps.at(-1)).toBeGreaterThan(gaps[1] ?? 0);
    expect(client.getStatus().phase).toBe('offline');
  });

  it('should ask for a token that is good for a minute before each connection', async () => {
    const { client, socket, open, time, asked } = setUp();
    client.start();
    await open();
    socket().drop(4001);
    await time.advance(1);

    expect(asked).toEqual([60_000, 60_000]);
  });

  it('should renew the token in band a minute before it expires', async () => {
    const { client, socket, open, time } = setUp();
    client.start();
    await open();
    for (let s = 0; s < 842; s++) {
      await time.advance(1_000);
      socket().frame({ op: 'hb', ts: time.now, n: s });
    }

    const tokens = socket()
      .of('auth')
      .map(({ token }) => token);
    expect(tokens).toEqual(['t1', 't2']);
    const subs = socket().of('sub').length;
    hello(socket(), 'e1', time.now);
    expect(socket().of('sub')).toHaveLength(subs);
  });

  it('should end when the session is gone, and stay quiet', async () => {
    const { client, sockets, time, ended } = setUp({ token: async () => null });
    client.start();
    await time.advance(60_000);

    expect(ended()).toBe(1);
    expect(sockets).toHaveLength(0);
    expect(client.getStatus().phase).toBe('ended');
  });

  it('should end when it is revoked', async () => {
    const { client, socket, sockets, open, time, ended } = setUp();
    client.start();
    await open();

    socket().frame({ op: 'bye', code: 4003, reason: 'role changed' });
    await time.advance(60_000);

    expect(ended()).toBe(1);
    expect(sockets).toHaveLength(1);
  });

  it('should keep trying while the gateway cannot say whether the session lives', async () => {
    let calls = 0;
    const { client, time, ended } = setUp({
      token: async () => {
        calls++;
        throw new Error('no answer');
      },
    });
    client.start();
    await time.advance(20_000);

    expect(calls).toBeGreaterThan(3);
    expect(ended()).toBe(0);
  });

  it('should say what was replayed once it is back', async () => {
    const { client, socket, state, open, time, resumed } = setUp();
    client.subscribe('positions:0', state);
    client.start();
    await open();
    socket().frame(snap(5, []));
    socket().drop(1006);
    await time.advance(2_000);
    await open();
    socket().frame(delta(5, 6, [{ id: 'a' }]));
    socket().frame(delta(6, 7, [{ id: 'a' }]));
    await time.advance(600);

    expect(resumed).toEqual([2]);
  });

  it('should ask for one frame a second while hidden', async () => {
    const { client, socket, open } = setUp();
    client.start();
    await open();

    client.setHidden(true);
    client.setHidden(false);

    expect(
      socket()
        .of('rate')
        .map(({ hz }) => hz),
    ).toEqual([1, 20]);
  });

  it('should report a delayed feed', async () => {
    const { client, socket, open, time } = setUp();
    client.start();
    await open();

    time.now += 2_000;
    socket().frame({ op: 'hb', ts: time.now - 1_500, n: 2 });

    expect(client.getStatus()).toMatchObject({ delayed: true, delayMs: 1_500 });
  });

  it('should ignore unknown ops and text that is no frame', async () => {
    const { client, socket, open } = setUp();
    client.start();
    await open();

    socket().frame({ op: 'weather', rain: true });
    socket().onmessage?.({ data: 'not json' });

    expect(client.getStatus().phase).toBe('open');
  });

  it('should tell a topic that it was refused', async () => {
    const { client, socket, state, open } = setUp();
    const refused: string[] = [];
    client.subscribe('audit', { ...state, onRefused: (code) => refused.push(code) });
    client.start();
    await open();

    socket().frame({ op: 'err', id: 1, t: 'audit', code: 'forbidden', msg: 'no' });

    expect(refused).toEqual(['forbidden']);
  });
});
