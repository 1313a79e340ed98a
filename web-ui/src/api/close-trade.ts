import { api } from './client';
import { type CommandReply, commandReply, keyHeader } from './command';
import type { components } from './schema';

export type CloseRequest = components['schemas']['CloseRequest'];

export async function closeTrade(
  key: string,
  ticket: number,
  order: CloseRequest,
): Promise<CommandReply> {
  return commandReply(
    await api.POST('/api/close/{ticket}', {
      params: { path: { ticket }, header: keyHeader(key) },
      body: order,
    }),
  );
}
