import { useEffect, useState } from 'react';

/** The local time, renewed every `periodMs`; nothing runs while the tab is hidden. */
export function useNow(periodMs = 1_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) {
        setNow(Date.now());
      }
    }, periodMs);
    return () => clearInterval(timer);
  }, [periodMs]);
  return now;
}
