import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from '../../api/client';
import type { PanelState } from '../../ui/panel';

/** A panel fed by REST. Data that was there stays when a later request fails. */
export function queryPanelState<T>(
  query: UseQueryResult<T>,
  what: string,
  empty: (data: T) => ReactNode | null,
): PanelState {
  const onRetry = () => void query.refetch();
  if (query.data !== undefined) {
    const message = empty(query.data);
    return message === null ? { kind: 'ready' } : { kind: 'empty', message };
  }
  if (query.error) {
    const requestId = query.error instanceof ApiError ? query.error.problem?.request_id : undefined;
    return { kind: 'error', message: query.error.message, requestId, onRetry };
  }
  return { kind: 'loading', what, onRetry };
}
