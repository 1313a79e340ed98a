import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from './client';

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async ({ signal }) => dataOf(await api.GET('/api/accounts', { signal })),
});

export function useAccounts() {
  return useQuery(accountsQuery);
}
