import { useCallback, useRef, useState } from 'react';
import type { WorkerAction } from '../lib/worker-state';
import { newIdempotencyKey } from './command';
import { controlWorker } from './control-worker';
import type { Problem } from './types';

export type WorkerCommandPhase =
  | { kind: 'idle' }
  | { kind: 'sending' }
  | { kind: 'accepted' }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'unknown'; message: string };

/** One dialog's request: the key is made when it opens, and asking again can never act twice. */
export function useWorkerCommand(workerId: string, action: WorkerAction) {
  const [phase, setPhase] = useState<WorkerCommandPhase>({ kind: 'idle' });
  const key = useRef(newIdempotencyKey());
  const busy = useRef(false);

  const submit = useCallback(
    async (reason: string) => {
      if (busy.current) {
        return;
      }
      busy.current = true;
      setPhase({ kind: 'sending' });
      try {
        const reply = await controlWorker(key.current, workerId, action, reason);
        if (reply.kind === 'refused') {
          key.current = newIdempotencyKey(); // A definite answer ends the intent.
          setPhase({ kind: 'refused', problem: reply.problem });
        } else {
          setPhase({ kind: 'accepted' });
        }
      } catch (error) {
        const message = error instanceof Error ? error.message : 'The gateway did not answer.';
        setPhase({ kind: 'unknown', message });
      } finally {
        busy.current = false;
      }
    },
    [workerId, action],
  );

  return { phase, submit };
}
