/** The part of the engine's answer that says where a command stands. */
export type CommandReport = {
  command_id: string;
  state: 'ACCEPTED' | 'SENT' | 'DONE' | 'REJECTED' | 'UNKNOWN';
  ticket: number | null;
  price: string | null;
  realized_profit: string | null;
  reason: string;
  message: string;
};

/** A refusal before the command reached the engine. */
export type Refusal = { message: string; request_id: string };

/** After this long without a final answer the screen says "unknown", and nothing is sent again. */
export const UNKNOWN_AFTER_MS = 10_000;

/** Where one command stands, as far as this page knows. */
export type CommandPhase =
  | { kind: 'idle' }
  | { kind: 'sending' }
  | { kind: 'pending'; answer: CommandReport }
  | { kind: 'done'; answer: CommandReport }
  | { kind: 'rejected'; answer: CommandReport }
  | { kind: 'refused'; problem: Refusal }
  | { kind: 'unknown'; answer: CommandReport | null; message: string };

export function phaseOf(answer: CommandReport): CommandPhase {
  switch (answer.state) {
    case 'DONE':
      return { kind: 'done', answer };
    case 'REJECTED':
      return { kind: 'rejected', answer };
    case 'UNKNOWN':
      return { kind: 'unknown', answer, message: answer.message };
    default:
      return { kind: 'pending', answer };
  }
}

/** The engine's final word stands; a later frame about an earlier state changes nothing. */
export function onAnswer(held: CommandPhase, answer: CommandReport): CommandPhase {
  if (held.kind === 'done' || held.kind === 'rejected' || held.kind === 'refused') {
    return held;
  }
  const next = phaseOf(answer);
  return held.kind === 'unknown' && next.kind === 'pending' ? held : next;
}

export function onTimeout(held: CommandPhase): CommandPhase {
  if (held.kind === 'pending') {
    return { kind: 'unknown', answer: held.answer, message: 'No final answer within 10 s.' };
  }
  return held.kind === 'sending'
    ? { kind: 'unknown', answer: null, message: 'The gateway has not answered within 10 s.' }
    : held;
}

/** What a dialog holds of its command. */
export type CommandControl<Send> = {
  phase: CommandPhase;
  /** Sends once; ignored while a command is under way. */
  submit: (send: Send) => void;
  /** Asks what became of it; never makes a second command. */
  check: () => void;
};

/** While true nothing more may be sent from this dialog. */
export function isLocked(phase: CommandPhase): boolean {
  return phase.kind !== 'idle' && phase.kind !== 'rejected' && phase.kind !== 'refused';
}

/** While true the command is on its way and its outcome is not known. */
export function isUnderWay(phase: CommandPhase): boolean {
  return phase.kind === 'sending' || phase.kind === 'pending';
}
