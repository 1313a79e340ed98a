import { api, dataOf } from './client';
import type { CommandAnswer } from './types';

export async function getCommand(id: string): Promise<CommandAnswer> {
  return dataOf(await api.GET('/api/commands/{id}', { params: { path: { id } } }));
}
