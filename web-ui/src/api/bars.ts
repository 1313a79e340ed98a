import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from './client';
import type { Period } from './types';

const COUNT = 500;

export function barsQuery(symbol: string, period: Period) {
  return queryOptions({
    queryKey: ['bars', symbol, period],
    queryFn: async ({ signal }) => {
      const query = { symbol, period, count: COUNT };
      return dataOf(await api.GET('/api/bars', { params: { query }, signal })).bars;
    },
    enabled: symbol !== '',
    staleTime: 60_000,
  });
}

export function useBars(symbol: string, period: Period) {
  return useQuery(barsQuery(symbol, period));
}
