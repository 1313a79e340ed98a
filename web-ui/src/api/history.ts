import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from './client';

export type HistoryFilter = { symbol?: string; is_open?: boolean; limit: number };

/** Stored trades, newest first. */
export function historyQuery(filter: HistoryFilter) {
  return queryOptions({
    queryKey: ['history', filter],
    queryFn: async ({ signal }) => {
      const page = dataOf(await api.GET('/api/history', { params: { query: filter }, signal }));
      if (typeof page === 'string') {
        throw new Error('history came as text, expected=json');
      }
      return page;
    },
    placeholderData: keepPreviousData,
  });
}

export function useHistory(filter: HistoryFilter) {
  return useQuery(historyQuery(filter));
}
