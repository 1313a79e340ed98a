// The live feed: one WebSocket per tab, server to client state. The token goes in the first frame,
// topics are resumed by sequence number, and silence, not TCP, says that the connection is dead.

import { ClockOffset } from './clock-offset';
import type {
  ClientFrame,
  EventFrame,
  FeedRow,
  HelloFrame,
  ServerFrame,
  SnapFrame,
  TopicRequest,
} from './feed-messages';
import { CLOSE_AUTHENTICATION, CLOSE_REVOKED } from './feed-messages';

export const STALE_AFTER_MS = 3_000;
export const DEAD_AFTER_MS = 5_000;
export const NO_NEW_ORDERS_AFTER_MS = 10_000;
export const DELAYED_AFTER_MS = 1_000;

const ACK_EVERY_FRAMES = 10;
const ACK_EVERY_MS = 500;
const CHECK_EVERY_MS = 250;
const RENEW_TOKEN_BEFORE_MS = 60_000;
const BACKOFF_MIN_MS = 500;
const BACKOFF_MAX_MS = 30_000;
const HIDDEN_HZ = 1;
const SHOWN_HZ = 20; // No limit of ours: each topic's own rate holds.

export type Phase = 'connecting' | 'open' | 'reconnecting' | 'offline' | 'ended';

export type FeedStatus = {
  phase: Phase;
  /** No frame for 3 s on an open connection. */
  stale: boolean;
  /** Frames arrive more than 1 s after the server wrote them. */
  delayed: boolean;
  /** Delay of the latest heartbeat or delta, ms. */
  delayMs: number;
  /** Silence since the last frame, ms; 0 while frames flow. */
  silenceMs: number;
  /** Attempts since the connection was lost. */
  attempts: number;
};

export type TopicHandler = {
  onSnapshot: (rows: FeedRow[], epoch: string) => void;
  onDelta?: (up: FeedRow[], del: string[]) => void;
  onEvents?: (items: FeedRow[]) => void;
  onRefused?: (code: string, message: string) => void;
};

export type TopicOptions = { keys?: string[]; hz?: number };

export type SocketLike = {
  send: (text: string) => void;
  close: (code?: number, reason?: string) => void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
};

export type AccessToken = { token: string; expiresMs: number };

export type FeedEnvironment = {
  openSocket: () => SocketLike;
  /** A token with at least `validMs` left, refreshed if need be; null when the session ended. */
  token: (validMs: number) => Promise<AccessToken | null>;
  onSessionEnd: () => void;
  onResumed?: (replayed: number) => void;
  client: string;
  now?: () => number;
  random?: () => number;
  setTimer?: (run: () => void, ms: number) => unknown;
  clearTimer?: (timer: unknown) => void;
};

type Topic = {
  name: string;
  options: TopicOptions;
  handlers: Set<TopicHandler>;
  epoch: string | null;
  /** Sequence held; null while a snapshot is awaited. */
  seq: number | null;
  parts: FeedRow[];
  requestId: number;
};

export class FeedClient {
  private readonly env: FeedEnvironment;
  private readonly now: () => number;
  private readonly random: () => number;
  private readonly setTimer: (run: () => void, ms: number) => unknown;
  private readonly clearTimer: (timer: unknown) => void;
  private readonly clock = new ClockOffset();
  private readonly topics = new Map<string, Topic>();
  private readonly listeners = new Set<() => void>();

  private socket: SocketLike | null = null;
  private greeted = false;
  private epoch: string | null = null;
  private token: AccessToken | null = null;
  private renewing = false;
  private framesReceived = 0;
  private framesAcked = 0;
  private lastAckMs = 0;
  private lastFrameMs = 0;
  private openedMs = 0;
  private lostMs = 0;
  private replayed = 0;
  private nextRequestId = 1;
  private reconnectTimer: unknown = null;
  private checkTimer: unknown = null;
  private running = false;
  private generation = 0;
  private hidden = false;

  private status: FeedStatus = {
    phase: 'connecting',
    stale: false,
    delayed: false,
    delayMs: 0,
    silenceMs: 0,
    attempts: 0,
  };

  /** Sequence gaps seen and repaired by a new snapshot. */
  gaps = 0;

  constructor(env: FeedEnvironment) {
    this.env = env;
    this.now = env.now ?? (() => Date.now());
    this.random = env.random ?? Math.random;
    this.setTimer = env.setTimer ?? ((run, ms) => setTimeout(run, ms));
    this.clearTimer = env.clearTimer ?? ((timer) => clearTimeout(timer as number));
  }

  start(): void {
    if (this.running) {
      return;
    }
    this.running = true;
    this.lostMs = this.now();
    this.lastFrameMs = this.now();
    this.setStatus({ phase: 'connecting', attempts: 0 });
    void this.connect();
    this.scheduleCheck();
  }

  stop(): void {
    this.running = false;
    this.generation++;
    this.clearTimer(this.reconnectTimer);
    this.clearTimer(this.checkTimer);
    this.dropSocket(1000);
  }

  /** A handler joins a topic; the first one subscribes, a later one triggers a fresh snapshot. */
  subscribe(name: string, handler: TopicHandler, options: TopicOptions = {}): () => void {
    const held = this.topics.get(name);
    const topic: Topic = held ?? {
      name,
      options,
      handlers: new Set(),
      epoch: null,
      seq: null,
      parts: [],
      requestId: 0,
    };
    topic.handlers.add(handler);
    this.topics.set(name, topic);
    topic.seq = null;
    this.requestTopics([topic]);

    return () => {
      topic.handlers.delete(handler);
      if (topic.handlers.size === 0 && this.topics.get(name) === topic) {
        this.topics.delete(name);
        this.send({ op: 'unsub', t: name });
      }
    };
  }

  /** A hidden tab asks for one frame a second; a shown one for each topic's own rate again. */
  setHidden(hidden: boolean): void {
    if (hidden === this.hidden) {
      return;
    }
    this.hidden = hidden;
    if (hidden) {
      this.send({ op: 'rate', hz: HIDDEN_HZ });
    } else {
      this.send({ op: 'rate', hz: SHOWN_HZ });
      this.retryNow();
    }
  }

  /** The network is back or the tab is shown: no reason to wait for the back-off. */
  retryNow(): void {
    if (this.running && this.socket === null && this.status.phase !== 'ended') {
      this.clearTimer(this.reconnectTimer);
      void this.connect();
    }
  }

  readonly getStatus = (): FeedStatus => this.status;

  readonly subscribeStatus = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Server's wall clock as far as we know it, epoch ms. */
  serverNow(): number {
    return this.now() + this.clock.offsetMs;
  }

  // Connection.

  private async connect(): Promise<void> {
    const generation = ++this.generation;
    let token: AccessToken | null;
    try {
      token = await this.env.token(RENEW_TOKEN_BEFORE_MS);
    } catch {
      if (generation === this.generation && this.running) {
        this.scheduleReconnect();
      }
      return;
    }
    if (generation !== this.generation || !this.running) {
      return;
    }
    if (token === null) {
      this.end();
      return;
    }
    this.token = token;
    this.open(token);
  }

  private open(token: AccessToken): void {
    const socket = this.env.openSocket();
    this.socket = socket;
    this.greeted = false;
    this.framesReceived = 0;
    this.framesAcked = 0;
    this.replayed = 0;
    this.openedMs = this.now();
    socket.onopen = () => this.sendAuth(token);
    socket.onmessage = (event) => this.onMessage(socket, event.data);
    socket.onclose = (event) => this.onClose(socket, event.code);
  }

  private sendAuth(token: AccessToken): void {
    this.sendRaw({ op: 'auth', token: token.token, proto: 1, client: this.env.client });
  }

  private onClose(socket: SocketLike, code: number): void {
    if (socket !== this.socket) {
      return;
    }
    this.socket = null;
    this.greeted = false;
    if (!this.running) {
      return;
    }
    if (code === CLOSE_REVOKED) {
      this.end();
      return;
    }
    if (code === CLOSE_AUTHENTICATION) {
      this.token = null;
    }
    this.onLost();
  }

  private onLost(): void {
    if (this.status.phase === 'open' || this.status.phase === 'connecting') {
      this.lostMs = this.now();
      this.setStatus({ phase: 'reconnecting', attempts: 0, stale: false });
    }
    this.scheduleReconnect();
  }

  /** Once at once, then full jitter between 0.5 s and a bound that doubles up to 30 s. */
  private scheduleReconnect(): void {
    this.clearTimer(this.reconnectTimer);
    const attempts = this.status.attempts;
    const bound = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** attempts);
    const delay =
      attempts === 0 ? 0 : BACKOFF_MIN_MS + this.random() * Math.max(0, bound - BACKOFF_MIN_MS);
    const phase = attempts >= 5 ? 'offline' : 'reconnecting';
    this.setStatus({ phase, attempts: attempts + 1 });
    this.reconnectTimer = this.setTimer(() => void this.connect(), delay);
  }

  private dropSocket(code: number): void {
    const socket = this.socket;
    this.socket = null;
    this.greeted = false;
    if (socket) {
      socket.onopen = null;
      socket.onmessage = null;
      socket.onclose = null;
      socket.close(code);
    }
  }

  private end(): void {
    this.running = false;
    this.generation++;
    this.clearTimer(this.checkTimer);
    this.clearTimer(this.reconnectTimer);
    this.dropSocket(1000);
    this.setStatus({ phase: 'ended', stale: true });
    this.env.onSessionEnd();
  }

  // Frames in.

  private onMessage(socket: SocketLike, data: unknown): void {
    if (socket !== this.socket || typeof data !== 'string') {
      return;
    }
    const frame = parseFrame(data);
    this.lastFrameMs = this.now();
    this.framesReceived++;
    if (frame) {
      this.onFrame(frame);
    }
    if (this.status.stale || this.status.silenceMs > 0) {
      this.setStatus({ stale: false, silenceMs: 0 });
    }
    this.ackIfDue(frame?.op === 'hb');
  }

  private onFrame(frame: ServerFrame): void {
    switch (frame.op) {
      case 'hello':
        this.onHello(frame);
        break;
      case 'snap':
        this.onSnapshot(frame);
        break;
      case 'delta':
      case 'ev':
        this.onChange(frame);
        break;
      case 'hb':
        this.onServerTime(frame.ts);
        break;
      case 'reset':
        this.onReset(frame.t);
        break;
      case 'err':
        this.onRefused(frame.id, frame.t, frame.code, frame.msg);
        break;
      case 'bye':
        if (frame.code === CLOSE_REVOKED) {
          this.end();
        }
        break;
    }
  }

  private onHello(frame: HelloFrame): void {
    this.clock.onServerTime(frame.now, this.now());
    if (this.greeted) {
      return; // Answer to an in-band renewal.
    }
    this.greeted = true;
    this.epoch = frame.epoch;
    const wasLost = this.status.phase === 'reconnecting' || this.status.phase === 'offline';
    const lostForMs = this.now() - this.lostMs;
    this.setStatus({ phase: 'open', stale: false, delayed: false, silenceMs: 0, attempts: 0 });
    this.requestTopics([...this.topics.values()]);
    if (this.hidden) {
      this.send({ op: 'rate', hz: HIDDEN_HZ });
    }
    if (wasLost && lostForMs > 1_000) {
      this.setTimer(() => this.env.onResumed?.(this.replayed), 500);
    }
  }

  private onSnapshot(frame: SnapFrame): void {
    const topic = this.topics.get(frame.t);
    if (!topic) {
      return;
    }
    const [part, parts] = frame.part ?? [1, 1];
    topic.parts = part === 1 ? frame.rows : [...topic.parts, ...frame.rows];
    if (part < parts) {
      return;
    }
    const rows = topic.parts;
    topic.parts = [];
    topic.epoch = frame.epoch;
    topic.seq = frame.seq;
    for (const handler of topic.handlers) {
      handler.onSnapshot(rows, frame.epoch);
    }
  }

  private onChange(frame: Extract<ServerFrame, { op: 'delta' | 'ev' }>): void {
    if (frame.ts) {
      this.onServerTime(frame.ts);
    }
    const topic = this.topics.get(frame.t);
    if (!topic || topic.seq === null || frame.seq <= topic.seq) {
      return;
    }
    if (frame.prev !== topic.seq) {
      this.gaps++;
      this.resubscribe(topic);
      return;
    }
    topic.seq = frame.seq;
    this.replayed++;
    this.deliver(topic, frame);
  }

  private deliver(topic: Topic, frame: Extract<ServerFrame, { op: 'delta' | 'ev' }>): void {
    for (const handler of topic.handlers) {
      if (frame.op === 'ev') {
        handler.onEvents?.((frame as EventFrame).items);
      } else {
        handler.onDelta?.(frame.up ?? [], frame.del ?? []);
      }
    }
  }

  private onReset(name: string): void {
    const topic = this.topics.get(name);
    if (topic) {
      topic.seq = null;
      topic.epoch = null;
    }
  }

  private onRefused(id: number | undefined, name: string | undefined, code: string, msg: string) {
    for (const topic of this.topics.values()) {
      if (
        topic.name === name ||
        (name === undefined && id !== undefined && topic.requestId === id)
      ) {
        for (const handler of topic.handlers) {
          handler.onRefused?.(code, msg);
        }
      }
    }
  }

  private onServerTime(serverMs: number): void {
    const now = this.now();
    this.clock.onServerTime(serverMs, now);
    const delayMs = Math.round(this.clock.ageMs(serverMs, now));
    const delayed = delayMs > DELAYED_AFTER_MS;
    if (delayed !== this.status.delayed || Math.abs(delayMs - this.status.delayMs) > 5) {
      this.setStatus({ delayed, delayMs });
    }
  }

  // Frames out.

  /** A gap: ask for a snapshot, without `since`. */
  private resubscribe(topic: Topic): void {
    topic.seq = null;
    topic.epoch = null;
    this.requestTopics([topic]);
  }

  private requestTopics(topics: Topic[]): void {
    if (!this.greeted || topics.length === 0) {
      return;
    }
    const id = this.nextRequestId++;
    const requests = topics.map((topic) => {
      topic.requestId = id;
      topic.parts = [];
      return this.requestOf(topic);
    });
    this.send({ op: 'sub', id, topics: requests });
  }

  private requestOf(topic: Topic): TopicRequest {
    const request: TopicRequest = { t: topic.name, ...topic.options };
    if (topic.seq !== null && topic.epoch !== null && topic.epoch === this.epoch) {
      request.since = { epoch: topic.epoch, seq: topic.seq };
    } else {
      topic.seq = null;
    }
    return request;
  }

  private ackIfDue(heartbeat: boolean): void {
    const unacked = this.framesReceived - this.framesAcked;
    const due =
      heartbeat || unacked >= ACK_EVERY_FRAMES || this.now() - this.lastAckMs >= ACK_EVERY_MS;
    if (due && unacked > 0) {
      this.framesAcked = this.framesReceived;
      this.lastAckMs = this.now();
      this.send({ op: 'ack', n: this.framesReceived });
    }
  }

  private send(frame: ClientFrame): void {
    if (this.greeted) {
      this.sendRaw(frame);
    }
  }

  private sendRaw(frame: ClientFrame): void {
    this.socket?.send(JSON.stringify(frame));
  }

  // Silence.

  private scheduleCheck(): void {
    this.checkTimer = this.setTimer(() => {
      if (this.running) {
        this.checkSilence();
        this.renewTokenIfDue();
        this.ackIfDue(false);
        this.scheduleCheck();
      }
    }, CHECK_EVERY_MS);
  }

  private checkSilence(): void {
    const now = this.now();
    const silenceMs = now - this.lastFrameMs;
    // A new connection has its own five seconds, while the silence goes on being counted.
    if (this.socket !== null && now - Math.max(this.lastFrameMs, this.openedMs) > DEAD_AFTER_MS) {
      this.dropSocket(4000);
      this.onLost();
      this.setStatus({ silenceMs });
      return;
    }
    if (silenceMs > STALE_AFTER_MS) {
      this.setStatus({ stale: this.status.phase === 'open', silenceMs });
    }
  }

  private renewTokenIfDue(): void {
    const token = this.token;
    if (!this.greeted || !token || this.renewing) {
      return;
    }
    if (token.expiresMs - this.now() > RENEW_TOKEN_BEFORE_MS) {
      return;
    }
    this.renewing = true;
    this.env
      .token(RENEW_TOKEN_BEFORE_MS)
      .then((next) => {
        if (next === null) {
          this.end();
        } else {
          this.token = next;
          if (this.greeted) {
            this.sendAuth(next);
          }
        }
      })
      .catch(() => undefined) // Tried again at the next check; the server closes at expiry + 30 s.
      .finally(() => {
        this.renewing = false;
      });
  }

  private setStatus(change: Partial<FeedStatus>): void {
    this.status = { ...this.status, ...change };
    for (const listener of this.listeners) {
      listener();
    }
  }
}

function parseFrame(text: string): ServerFrame | null {
  try {
    const frame: unknown = JSON.parse(text);
    return typeof frame === 'object' && frame !== null && 'op' in frame
      ? (frame as ServerFrame)
      : null;
  } catch {
    return null;
  }
}
