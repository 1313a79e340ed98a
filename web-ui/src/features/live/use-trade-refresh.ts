import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useAccountTopics } from '../../api/system';

const SETTLE_MS = 400;

/** A fill changes stored trades and performance: both are asked for again, once per burst. */
export function useTradeRefresh(): void {
  const queryClient = useQueryClient();
  const { fills } = useAccountTopics();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const release = fills.retain();
    const unsubscribe = fills.events.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        void queryClient.invalidateQueries({ queryKey: ['history'] });
        void queryClient.invalidateQueries({ queryKey: ['performance'] });
      }, SETTLE_MS);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
      release();
    };
  }, [fills, queryClient]);
}
