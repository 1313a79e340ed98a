import { PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../api/client';
import { login } from '../../api/login';

type LoginFormProps = {
  /** Set where a session is taken up again: only the same user may. */
  username?: string;
};

export function LoginForm({ username: fixed }: LoginFormProps) {
  const [username, setUsername] = useState(fixed ?? '');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) {
      return;
    }
    setBusy(true);
    setError(null);
    try {
      await login(username.trim(), password);
    } catch (cause) {
      setError(messageOf(cause));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} className="form">
      <TextInput
        label="User name"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        value={username}
        readOnly={fixed !== undefined}
        required
        withAsterisk={false}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        value={password}
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {error && (
        <p className="form-error" role="alert">
          {error}
        </p>
      )}
      <button type="submit" className="button primary wide" aria-busy={busy} disabled={busy}>
        {busy ? 'Signing in…' : 'Sign in'}
      </button>
    </form>
  );
}

function messageOf(cause: unknown): string {
  if (cause instanceof ApiError) {
    return cause.status === 401 ? 'User name or password is wrong.' : cause.message;
  }
  return 'The gateway does not answer.';
}
