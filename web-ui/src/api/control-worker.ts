import type { WorkerAction } from '../lib/worker-state';
import { api, isProblem } from './client';
import { keyHeader } from './command';
import type { Problem, WorkerAnswer } from './types';

export type WorkerReply =
  | { kind: 'accepted'; answer: WorkerAnswer }
  | { kind: 'refused'; problem: Problem };

/** Asks for a worker to be started, stopped or restarted; answered once that is under way. */
export async function controlWorker(
  key: string,
  workerId: string,
  action: WorkerAction,
  reason: string,
): Promise<WorkerReply> {
  const { data, error, response } = await api.POST(`/api/workers/{worker_id}/${action}`, {
    params: { header: keyHeader(key), path: { worker_id: workerId } },
    body: { reason },
  });
  if (data) {
    return { kind: 'accepted', answer: data };
  }
  if (isProblem(error) && response.status < 500) {
    return { kind: 'refused', problem: error };
  }
  // A 5xx does not say whether it was taken: the caller must look, not assume.
  throw new Error(isProblem(error) ? error.message : `The gateway answered ${response.status}.`);
}
