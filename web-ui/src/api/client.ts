import createClient from 'openapi-fetch';
import type { paths } from './schema';
import { accessToken, replaceToken } from './session';
import type { Problem } from './types';

/** Bearer on every call; one 401 is answered by a refresh and the same request again. */
async function authorisedFetch(request: Request): Promise<Response> {
  const again = request.clone();
  const token = await accessToken(0);
  if (token === null) {
    return new Response(JSON.stringify(SESSION_ENDED), { status: 401, headers: JSON_TYPE });
  }
  const response = await fetch(withToken(request, token.token));
  if (response.status !== 401) {
    return response;
  }
  const renewed = await replaceToken(token.token);
  return renewed === null ? response : fetch(withToken(again, renewed.token));
}

function withToken(request: Request, token: string): Request {
  request.headers.set('Authorization', `Bearer ${token}`);
  return request;
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

const SESSION_ENDED: Problem = {
  error: 'unauthorized',
  message: 'The session has ended.',
  request_id: '',
};

export const api = createClient<paths>({
  baseUrl: typeof location === 'undefined' ? 'http://127.0.0.1' : location.origin,
  fetch: authorisedFetch,
});

/** For the calls that carry no bearer: login. */
export const publicApi = createClient<paths>({
  baseUrl: typeof location === 'undefined' ? 'http://127.0.0.1' : location.origin,
  credentials: 'same-origin',
});

/** What the gateway said when it refused; shown as it is, with the id to look it up by. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem | null;

  constructor(status: number, problem: unknown) {
    const known = isProblem(problem) ? problem : null;
    super(known?.message ?? `The gateway answered ${status}.`);
    this.status = status;
    this.problem = known;
  }
}

export function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'error' in body && 'message' in body;
}

type Reply<T> = { data?: T; error?: unknown; response: Response };

/** The data of a reply, or the problem as an error. */
export function dataOf<T>({ data, error, response }: Reply<T>): T {
  if (data === undefined || !response.ok) {
    throw new ApiError(response.status, error);
  }
  return data;
}
