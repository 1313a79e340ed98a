import { api } from './client';
import { type CommandReply, commandReply, keyHeader } from './command';

export async function flatten(key: string, reason: string): Promise<CommandReply> {
  return commandReply(
    await api.POST('/api/flatten', { params: { header: keyHeader(key) }, body: { reason } }),
  );
}
