/** Frames of the live feed, protocol 1. Unknown fields and unknown ops are ignored. */

export type FeedRow = { id: string; [field: string]: unknown };

export type HelloFrame = {
  op: 'hello';
  session: string;
  epoch: string;
  now: number;
  hb_ms: number;
  user: string;
  role: string;
  expires?: number;
  max_topics: number;
};

export type SnapFrame = {
  op: 'snap';
  t: string;
  epoch: string;
  seq: number;
  ts: number;
  rows: FeedRow[];
  part?: [number, number];
};

export type DeltaFrame = {
  op: 'delta';
  t: string;
  prev: number;
  seq: number;
  ts: number;
  cf?: number;
  up?: FeedRow[];
  del?: string[];
};

export type EventFrame = {
  op: 'ev';
  t: string;
  prev: number;
  seq: number;
  ts?: number;
  items: FeedRow[];
};

export type HeartbeatFrame = { op: 'hb'; ts: number; n: number };
export type ResetFrame = { op: 'reset'; t: string; reason: string };
export type ErrorFrame = { op: 'err'; id?: number; t?: string; code: string; msg: string };
export type ByeFrame = { op: 'bye'; code: number; retry_ms?: number };

export type ServerFrame =
  | HelloFrame
  | SnapFrame
  | DeltaFrame
  | EventFrame
  | HeartbeatFrame
  | ResetFrame
  | ErrorFrame
  | ByeFrame;

export type TopicRequest = {
  t: string;
  keys?: string[];
  hz?: number;
  since?: { epoch: string; seq: number };
};

export type ClientFrame =
  | { op: 'auth'; token: string; proto: 1; client: string }
  | { op: 'sub'; id: number; topics: TopicRequest[] }
  | { op: 'unsub'; t: string }
  | { op: 'rate'; hz: number }
  | { op: 'ack'; n: number };

export const CLOSE_AUTHENTICATION = 4001;
export const CLOSE_REVOKED = 4003;
export const CLOSE_PROTOCOL = 4010;
