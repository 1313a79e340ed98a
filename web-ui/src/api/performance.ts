import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from './client';

export const performanceQuery = queryOptions({
  queryKey: ['performance'],
  queryFn: async ({ signal }) =>
    dataOf(await api.GET('/api/performance', { params: { query: { limit: 1000 } }, signal })),
  refetchInterval: 15_000,
});

export function usePerformance() {
  return useQuery(performanceQuery);
}
