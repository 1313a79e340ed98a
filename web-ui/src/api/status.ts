import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from './client';

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: async ({ signal }) => dataOf(await api.GET('/api/status', { signal })),
});

export function useStatus() {
  return useQuery(statusQuery);
}
