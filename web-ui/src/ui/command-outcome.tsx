import type { CommandControl } from '../lib/command-state';
import { formatPrice, humanise } from '../lib/format';

type CommandOutcomeProps = {
  control: CommandControl<never>;
  /** Sentence for a command that has no fill, such as a halt. */
  done?: string;
  digits?: number;
};

/** The life of one command in words; null before it was sent. */
export function CommandOutcome({ control, done, digits = 5 }: CommandOutcomeProps) {
  const { phase, check } = control;
  switch (phase.kind) {
    case 'idle':
      return null;
    case 'sending':
      return <Line tone="pending">Sending…</Line>;
    case 'pending':
      return (
        <Line tone="pending">
          {phase.answer.state === 'SENT' ? 'Sent to broker' : 'Accepted by engine'}
        </Line>
      );
    case 'done':
      return (
        <Line tone="good">
          {done ??
            `Filled${phase.answer.price ? ` at ${formatPrice(phase.answer.price, digits)}` : ''}`}
        </Line>
      );
    case 'rejected':
      return (
        <Line tone="bad">
          Rejected: {humanise(phase.answer.reason)}
          {phase.answer.message ? `. ${phase.answer.message}` : ''}
        </Line>
      );
    case 'refused':
      return <Line tone="bad">Refused: {phase.problem.message}</Line>;
    case 'unknown':
      return (
        <Line tone="warn">
          Unknown – check. {phase.message} It is not sent again by itself.{' '}
          <button type="button" className="button small" onClick={check}>
            Check again
          </button>
        </Line>
      );
  }
}

function Line({ tone, children }: { tone: string; children: React.ReactNode }) {
  return (
    <p className={`outcome ${tone}`} data-outcome={tone}>
      {children}
    </p>
  );
}
