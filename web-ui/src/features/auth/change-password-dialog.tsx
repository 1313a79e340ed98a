import { Modal, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { changePassword } from '../../api/change-password';
import { ApiError } from '../../api/client';

const MIN_LENGTH = 8;

/** A one-time password opens nothing but this. */
export function ChangePasswordDialog({ onClose }: { onClose?: () => void }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const problem = problemOf(next, again);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || problem !== null) {
      return;
    }
    setBusy(true);
    setError(null);
    try {
      await changePassword(current, next);
      onClose?.();
    } catch (cause) {
      setError(cause instanceof ApiError ? cause.message : 'The gateway does not answer.');
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      opened
      onClose={() => onClose?.()}
      title="Change your password"
      withCloseButton={onClose !== undefined}
      closeOnClickOutside={false}
      closeOnEscape={onClose !== undefined}
    >
      <form onSubmit={submit} className="form">
        {!onClose && <p>This password was made for one use. Choose your own to go on.</p>}
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          value={current}
          required
          withAsterisk={false}
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': 'Show current password' }}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label="New password"
          description={`At least ${MIN_LENGTH} characters; 15 and more are better`}
          autoComplete="new-password"
          value={next}
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': 'Show new password' }}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <PasswordInput
          label="New password again"
          autoComplete="new-password"
          value={again}
          required
          withAsterisk={false}
          error={again !== '' ? problem : null}
          visibilityToggleButtonProps={{ 'aria-label': 'Show repeated password' }}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
        {error && (
          <p className="form-error" role="alert">
            {error}
          </p>
        )}
        <button
          type="submit"
          className="button primary wide"
          disabled={busy || current === '' || problem !== null}
        >
          Change password
        </button>
      </form>
    </Modal>
  );
}

function problemOf(next: string, again: string): string | null {
  if (next.length < MIN_LENGTH) {
    return `The new password needs at least ${MIN_LENGTH} characters.`;
  }
  return next === again ? null : 'The two new passwords differ.';
}
