import type { components } from './schema';

type Schemas = components['schemas'];

export type Account = Schemas['Account'];
export type Bar = Schemas['Bar'];
export type CommandAnswer = Schemas['CommandAnswer'];
export type LogLine = Schemas['LogLine'];
export type Login = Schemas['Login'];
export type Me = Schemas['Me'];
export type Order = Schemas['Order'];
export type Performance = Schemas['Performance'];
export type Period = Schemas['Period'];
export type Position = Schemas['Position'];
export type Problem = Schemas['Problem'];
export type Quote = Schemas['Quote'];
export type Side = Schemas['Side'];
export type Signal = Schemas['Signal'];
export type Status = Schemas['Status'];
export type Strategy = Schemas['Strategy'];
export type Trade = Schemas['Trade'];
export type Worker = Schemas['Worker'];
export type WorkerAnswer = Schemas['WorkerAnswer'];

/** The times of a row: text in REST, epoch ms in the feed. */
type TimeField =
  | 'time'
  | 'time_open'
  | 'expires'
  | 'journal_time'
  | 'last_run'
  | 'market_time'
  | 'started'
  | 'heartbeat';

/** A REST object as the live feed sends it: an id, and times in epoch ms. */
export type Live<T> = { id: string } & {
  [K in keyof T]: K extends TimeField ? number | (null extends T[K] ? null : never) : T[K];
};

export const PERIODS: readonly Period[] = ['M1', 'M5', 'M15', 'M30', 'H1', 'H4', 'D1', 'W1', 'MN'];
