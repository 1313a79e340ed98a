// Who is signed in. The access token lives in this module's memory only; the refresh token is a
// cookie that scripts cannot read. Tabs take turns at refreshing, so that a rotated cookie is never
// used twice.

import { create } from 'zustand';
import type { AccessToken } from '../lib/feed-client';
import type { Login, Me, Problem } from './types';

const LOCK = 'saker-refresh';
const CHANNEL = 'saker-session';
/** Says that a refresh cookie may exist; never holds a token. */
const HINT = 'saker.signed-in';

export type SessionPhase = 'unknown' | 'signed-out' | 'signed-in' | 'ended';

export type Session = {
  phase: SessionPhase;
  username: string;
  role: string;
  mustChangePassword: boolean;
  /** operationIds this user may call; null until known. */
  operations: readonly string[] | null;
};

type Shared = { login: Login; receivedMs: number } | { signedOut: true };

const SIGNED_OUT: Session = {
  phase: 'signed-out',
  username: '',
  role: '',
  mustChangePassword: false,
  operations: null,
};

export const useSession = create<Session>(() => ({ ...SIGNED_OUT, phase: 'unknown' }));

let access: AccessToken | null = null;
let refreshing: Promise<AccessToken | null> | null = null;

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL);
if (channel) {
  channel.onmessage = (event: MessageEvent<Shared>) => {
    if ('signedOut' in event.data) {
      endSession();
    } else if (useSession.getState().username === event.data.login.username) {
      keep(event.data.login, event.data.receivedMs);
    }
  };
}

/** Takes a login's answer: the token into memory, the rest into the store. */
export function signedIn(login: Login): void {
  const receivedMs = Date.now();
  keep(login, receivedMs);
  localStorage.setItem(HINT, '1');
  channel?.postMessage({ login, receivedMs } satisfies Shared);
}

function keep(login: Login, receivedMs: number): void {
  access = { token: login.accessToken, expiresMs: receivedMs + login.expiresIn * 1000 };
  useSession.setState({
    phase: 'signed-in',
    username: login.username,
    role: login.role,
    mustChangePassword: login.mustChangePassword,
  });
}

export function setOperations(me: Me): void {
  useSession.setState({ operations: me.operations, mustChangePassword: me.mustChangePassword });
}

/** The session is over, here or elsewhere. A page that was in use keeps what it shows. */
export function endSession(): void {
  access = null;
  localStorage.removeItem(HINT);
  const { phase } = useSession.getState();
  if (phase === 'signed-in') {
    useSession.setState({ phase: 'ended' });
  } else if (phase === 'unknown') {
    useSession.setState(SIGNED_OUT);
  }
}

export function forgetSession(): void {
  access = null;
  localStorage.removeItem(HINT);
  useSession.setState(SIGNED_OUT);
  channel?.postMessage({ signedOut: true } satisfies Shared);
}

/** Finds out at start whether the cookie still holds a session. */
export async function restoreSession(): Promise<boolean> {
  const { phase } = useSession.getState();
  if (phase !== 'unknown') {
    return phase === 'signed-in' || phase === 'ended';
  }
  if (localStorage.getItem(HINT) === null) {
    endSession();
    return false;
  }
  try {
    return (await accessToken(0)) !== null;
  } catch {
    return false;
  }
}

/**
 * A token with at least `validMs` left; null when the session ended. Rejects when the gateway does
 * not answer, which is no reason to sign anybody out.
 */
export async function accessToken(validMs: number): Promise<AccessToken | null> {
  if (access !== null && access.expiresMs - Date.now() > validMs) {
    return access;
  }
  return refreshOnce();
}

/** Refreshes although the held token looks good: the server refused it. */
export async function replaceToken(refused: string): Promise<AccessToken | null> {
  if (access !== null && access.token !== refused) {
    return access;
  }
  return refreshOnce();
}

/** However many ask at once, one request goes out. */
function refreshOnce(): Promise<AccessToken | null> {
  refreshing ??= refreshUnderLock().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function refreshUnderLock(): Promise<AccessToken | null> {
  const before = access;
  if (!navigator.locks) {
    return refresh();
  }
  return navigator.locks.request(LOCK, async () => {
    // Another tab may have refreshed while this one waited for its turn.
    const renewed = access !== before && access !== null;
    return renewed ? access : refresh();
  });
}

async function refresh(): Promise<AccessToken | null> {
  const response = await fetch('/api/auth/refresh', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'X-Saker-Request': '1' },
  });
  if (response.ok) {
    signedIn((await response.json()) as Login);
    return access;
  }
  if (response.status === 401 || response.status === 403) {
    endSession();
    return null;
  }
  const problem = (await response.json().catch(() => null)) as Problem | null;
  throw new Error(problem?.message ?? `refresh refused: status=${response.status}`);
}
