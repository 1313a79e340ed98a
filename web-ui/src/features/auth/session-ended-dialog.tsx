import { Modal } from '@mantine/core';
import { forgetSession, useSession } from '../../api/session';
import { LoginForm } from './login-form';

/** Lies over the page, which keeps its drafts; what is behind it is frozen. */
export function SessionEndedDialog() {
  const username = useSession((session) => session.username);
  return (
    <Modal
      opened
      onClose={() => undefined}
      title="Your session has ended"
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <div className="form">
        <p>Sign in again to go on where you were. What you see behind is no longer updated.</p>
        <LoginForm username={username} />
        <button type="button" className="button wide" onClick={forgetSession}>
          Use another account
        </button>
      </div>
    </Modal>
  );
}
