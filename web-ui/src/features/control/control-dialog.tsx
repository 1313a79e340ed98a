import { useState } from 'react';
import { flatten } from '../../api/flatten';
import { halt } from '../../api/halt';
import { useRows } from '../../api/live-topic';
import { resume } from '../../api/resume';
import { useAccountTopics } from '../../api/system';
import { useCommand } from '../../api/use-command';
import { isLocked } from '../../lib/command-state';
import { formatLots } from '../../lib/format';
import { ActionDialog, guardMessage, WordAndReason } from '../../ui/action-dialog';
import { CommandOutcome } from '../../ui/command-outcome';
import { PnlCell } from '../../ui/pnl-cell';
import { SideTag } from '../../ui/side-tag';

export type ControlAction = 'halt' | 'flatten' | 'resume';

const ACTIONS = {
  halt: {
    title: 'Halt trading',
    word: 'HALT',
    confirm: 'Halt trading',
    send: halt,
    effect:
      'No strategy and nobody by hand can open or add to a position until somebody resumes. Open positions stay open, with their stops. Closing stays possible.',
  },
  flatten: {
    title: 'Flatten everything',
    word: 'FLATTEN',
    confirm: 'Close everything',
    send: flatten,
    effect:
      'Halts trading, cancels every pending order and closes every position of the account at market. This cannot be undone.',
  },
  resume: {
    title: 'Resume trading',
    word: 'RESUME',
    confirm: 'Resume trading',
    send: resume,
    effect: 'Strategies may open positions again at their next signal.',
  },
} as const;

type ControlDialogProps = {
  action: ControlAction;
  environment: string | undefined;
  onClose: () => void;
};

export function ControlDialog({ action, environment, onClose }: ControlDialogProps) {
  const { title, word, confirm, send, effect } = ACTIONS[action];
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const command = useCommand();
  const locked = isLocked(command.phase);

  return (
    <ActionDialog
      title={title}
      environment={environment}
      onClose={onClose}
      confirmLabel={confirm}
      danger={action !== 'resume'}
      onConfirm={() => command.submit((key) => send(key, reason.trim()))}
      blocked={guardMessage(word, typed, reason)}
      busy={locked}
      finished={command.phase.kind === 'done'}
      outcome={<CommandOutcome control={command} done={`${title}: done.`} />}
    >
      <p>{effect}</p>
      {action === 'flatten' && <Affected />}
      <WordAndReason
        word={word}
        typed={typed}
        onTyped={setTyped}
        reason={reason}
        onReason={setReason}
        disabled={locked}
      />
    </ActionDialog>
  );
}

/** The positions that will be closed, as they stand. */
function Affected() {
  const { positions } = useAccountTopics();
  const rows = useRows(positions);
  if (rows.length === 0) {
    return <p className="muted">There are no open positions.</p>;
  }
  return (
    <ul className="affected" aria-label="Positions that will be closed">
      {rows.map((position) => (
        <li key={position.id}>
          <span>
            {position.symbol} <SideTag side={position.type} /> {formatLots(position.volume)}
          </span>
          <PnlCell value={position.profit} />
        </li>
      ))}
    </ul>
  );
}
