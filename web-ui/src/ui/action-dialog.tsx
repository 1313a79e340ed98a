import { Modal, Textarea, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import { EnvironmentBadge } from './environment-badge';

/** A second tap of a double tap must not fall through onto a button that has just appeared. */
const ARMED_AFTER_MS = 400;
export const REASON_MAX = 200;

type ActionDialogProps = {
  title: string;
  environment: string | undefined;
  onClose: () => void;
  /** Verb and object, such as `Close 0.10 EURUSD`. */
  confirmLabel: string;
  onConfirm: () => void;
  danger?: boolean;
  /** Why the confirm button is off; null if it is on. */
  blocked?: string | null;
  busy?: boolean;
  finished?: boolean;
  outcome?: ReactNode;
  children: ReactNode;
};

/** Asks once. The focus starts on Cancel, and Enter in a field confirms nothing. */
export function ActionDialog(props: ActionDialogProps) {
  const { title, environment, onClose, confirmLabel, onConfirm, danger, outcome, children } = props;
  const { blocked = null, busy = false, finished = false } = props;
  const armed = useArmed();
  useReturnFocus();
  const phone = useMediaQuery('(max-width: 480px)');
  const off = !armed || blocked !== null || busy;
  return (
    <Modal
      opened
      onClose={onClose}
      returnFocus={false}
      fullScreen={phone}
      title={
        <span className="dialog-title">
          {title} <EnvironmentBadge environment={environment} />
        </span>
      }
    >
      <div className="dialog-body">{children}</div>
      <div className="dialog-outcome" role="status" aria-live="polite">
        {outcome}
        {!outcome && blocked && <span className="muted">{blocked}</span>}
      </div>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onClose} data-autofocus>
          {finished ? 'Done' : 'Cancel'}
        </button>
        {!finished && (
          <button
            type="button"
            className={`button ${danger ? 'danger' : 'primary'}`}
            disabled={off}
            aria-busy={busy}
            onClick={onConfirm}
          >
            {confirmLabel}
          </button>
        )}
      </div>
    </Modal>
  );
}

/** Back to what opened the dialog, or to the page where that is gone with its row. */
function useReturnFocus(): void {
  const [opener] = useState(() => document.activeElement as HTMLElement | null);
  useEffect(
    () => () => {
      setTimeout(() => {
        const target = opener?.isConnected ? opener : document.getElementById('main');
        target?.focus({ preventScroll: true });
      });
    },
    [opener],
  );
}

function useArmed(): boolean {
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setArmed(true), ARMED_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return armed;
}

type ReasonProps = { reason: string; onReason: (value: string) => void; disabled?: boolean };

export function ReasonField({ reason, onReason, disabled }: ReasonProps) {
  return (
    <Textarea
      label="Reason"
      description="Goes to the audit log"
      value={reason}
      maxLength={REASON_MAX}
      autosize
      minRows={2}
      disabled={disabled}
      onChange={(event) => onReason(event.currentTarget.value)}
    />
  );
}

type GuardProps = {
  word: string;
  typed: string;
  onTyped: (value: string) => void;
  reason: string;
  onReason: (value: string) => void;
  disabled?: boolean;
};

/** For what cannot be taken back: a typed word, and a reason that goes to the audit log. */
export function WordAndReason({ word, typed, onTyped, reason, onReason, disabled }: GuardProps) {
  return (
    <>
      <ReasonField reason={reason} onReason={onReason} disabled={disabled} />
      <TextInput
        label={`Type ${word} to confirm`}
        value={typed}
        autoComplete="off"
        disabled={disabled}
        onChange={(event) => onTyped(event.currentTarget.value)}
      />
    </>
  );
}

export function guardMessage(word: string, typed: string, reason: string): string | null {
  if (reason.trim() === '') {
    return 'A reason is needed.';
  }
  return typed.trim() === word ? null : `Type ${word} to confirm.`;
}
