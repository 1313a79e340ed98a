import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useSession } from '../api/session';
import { LoginForm } from '../features/auth/login-form';

/** The login page; a signed-in user is sent on to where they wanted to go. */
export function LoginRoute() {
  const { next } = useSearch({ from: '/login' });
  const navigate = useNavigate();
  const phase = useSession((session) => session.phase);

  useEffect(() => {
    if (phase === 'signed-in') {
      void navigate({ href: next ?? '/live', replace: true });
    }
  }, [phase, next, navigate]);

  return (
    <main className="login-page">
      <div className="login-card">
        <h1>
          <img src="/favicon.svg" alt="" width="28" height="28" /> Saker
        </h1>
        <LoginForm />
      </div>
    </main>
  );
}
