import { useState } from 'react';
import { workers } from '../../api/feed';
import { useRow } from '../../api/live-topic';
import { useSystem } from '../../api/system';
import { useWorkerCommand, type WorkerCommandPhase } from '../../api/use-worker-command';
import { humanise } from '../../lib/format';
import type { WorkerAction } from '../../lib/worker-state';
import { ActionDialog, guardMessage, ReasonField, WordAndReason } from '../../ui/action-dialog';
import { Facts } from '../../ui/facts';

export const ACTIONS = {
  start: {
    verb: 'Start',
    operation: 'startWorker',
    effect: 'Its instances are assigned to it again and read the journal up to now.',
  },
  stop: {
    verb: 'Stop',
    operation: 'stopWorker',
    effect:
      'Its strategies send no signals until it is started again. Open positions stay, with their stops.',
  },
  restart: {
    verb: 'Restart',
    operation: 'restartWorker',
    effect:
      'Ends the process and starts it again. Its strategies send no signals until it has caught up. Open positions stay, with their stops.',
  },
} as const;

/** Stopping silences strategies until somebody starts them: it asks for a word as well. */
const WORD = 'STOP';

type WorkerDialogProps = { workerId: string; action: WorkerAction; onClose: () => void };

export function WorkerDialog({ workerId, action, onClose }: WorkerDialogProps) {
  const { verb, effect } = ACTIONS[action];
  const { environment } = useSystem();
  const worker = useRow(workers, workerId);
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const { phase, submit } = useWorkerCommand(workerId, action);
  const busy = phase.kind === 'sending';
  const finished = phase.kind === 'accepted';
  const fields = { reason, onReason: setReason, disabled: busy || finished };

  return (
    <ActionDialog
      title={`${verb} ${workerId}`}
      environment={environment}
      onClose={onClose}
      confirmLabel={phase.kind === 'unknown' ? 'Ask again' : `${verb} ${workerId}`}
      danger={action !== 'start'}
      onConfirm={() => void submit(reason.trim())}
      blocked={action === 'stop' ? guardMessage(WORD, typed, reason) : null}
      busy={busy}
      finished={finished}
      outcome={<Outcome phase={phase} state={worker?.state} />}
    >
      <p>{effect}</p>
      <Facts
        items={[
          ['State', humanise(worker?.state)],
          ['Instances', worker?.instance_ids.length ?? 0],
          ['Restarts', worker?.restarts ?? 0],
        ]}
      />
      {action === 'stop' ? (
        <WordAndReason word={WORD} typed={typed} onTyped={setTyped} {...fields} />
      ) : (
        <ReasonField {...fields} />
      )}
    </ActionDialog>
  );
}

type OutcomeProps = { phase: WorkerCommandPhase; state: string | undefined };

/** The engine's answer, and then what the worker itself says. */
function Outcome({ phase, state }: OutcomeProps) {
  switch (phase.kind) {
    case 'idle':
      return null;
    case 'sending':
      return (
        <p className="outcome pending" data-outcome="pending">
          Sending…
        </p>
      );
    case 'accepted':
      return (
        <p className="outcome good" data-outcome="good">
          Accepted by the engine. The worker is now: {humanise(state)}.
        </p>
      );
    case 'refused':
      return (
        <p className="outcome bad" data-outcome="bad">
          Refused: {phase.problem.message}
        </p>
      );
    case 'unknown':
      return (
        <p className="outcome warn" data-outcome="warn">
          Unknown – check. {phase.message} Asking again cannot act twice.
        </p>
      );
  }
}
