import { isProblem } from './client';
import type { CommandAnswer, Problem } from './types';

/** What came back from a command: the engine's answer, or a refusal before it reached the engine. */
export type CommandReply =
  | { kind: 'answer'; answer: CommandAnswer }
  | { kind: 'refused'; problem: Problem };

type Reply = { data?: unknown; error?: unknown; response: Response };

export function commandReply({ data, error, response }: Reply): CommandReply {
  const body = data ?? error;
  if (isAnswer(body)) {
    return { kind: 'answer', answer: body };
  }
  if (isProblem(body) && response.status < 500) {
    return { kind: 'refused', problem: body };
  }
  // A 5xx does not say whether the command was taken: the caller must look, not assume.
  throw new Error(isProblem(body) ? body.message : `The gateway answered ${response.status}.`);
}

function isAnswer(body: unknown): body is CommandAnswer {
  return typeof body === 'object' && body !== null && 'command_id' in body && 'state' in body;
}

/** One intended act has one key, made when its dialog opens and kept over every retry. */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

export function keyHeader(key: string) {
  return { 'Idempotency-Key': key };
}
