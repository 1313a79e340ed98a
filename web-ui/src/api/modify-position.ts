import { api } from './client';
import { type CommandReply, commandReply, keyHeader } from './command';
import type { components } from './schema';

export type ModifyRequest = components['schemas']['ModifyRequest'];

export async function modifyPosition(
  key: string,
  ticket: number,
  change: ModifyRequest,
): Promise<CommandReply> {
  return commandReply(
    await api.PATCH('/api/positions/{ticket}', {
      params: { path: { ticket }, header: keyHeader(key) },
      body: change,
    }),
  );
}
