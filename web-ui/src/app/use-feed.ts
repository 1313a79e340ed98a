import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { feed, onFeedResumed } from '../api/feed';
import { loadMe } from '../api/me';
import { useSession } from '../api/session';

/** Runs the feed while somebody is signed in, and tells it about the tab and the network. */
export function useFeed(): void {
  const phase = useSession((session) => session.phase);
  const mustChange = useSession((session) => session.mustChangePassword);
  const username = useSession((session) => session.username);
  const active = phase === 'signed-in' && !mustChange;

  useEffect(() => {
    if (active && username !== '') {
      feed.start();
      return () => feed.stop();
    }
  }, [active, username]);

  useEffect(() => {
    if (active && username !== '') {
      void loadMe().catch(() => undefined); // Without it every control stays off and says so.
    }
  }, [active, username]);

  useEffect(() => {
    const onVisibility = () => feed.setHidden(document.hidden);
    const onOnline = () => feed.retryNow();
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('online', onOnline);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('online', onOnline);
    };
  }, []);

  useEffect(
    () =>
      onFeedResumed((replayed) => {
        notifications.show({ message: `Back live, ${replayed} updates replayed` });
      }),
    [],
  );
}
