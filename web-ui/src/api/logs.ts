import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, dataOf } from './client';

const EVERY_MS = 2_000;

export const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogFilter = {
  level?: LogLevel;
  worker?: string;
  instance_id?: number;
  correlation?: string;
  text?: string;
};

/** The newest lines of all processes, asked for again and again while `live`. */
export function useLogs(filter: LogFilter, limit: number, live: boolean, enabled: boolean) {
  return useQuery({
    queryKey: ['logs', filter, limit],
    queryFn: async () =>
      dataOf(await api.GET('/api/logs', { params: { query: { ...filter, limit } } })),
    placeholderData: keepPreviousData,
    refetchInterval: live ? EVERY_MS : false,
    enabled,
  });
}
