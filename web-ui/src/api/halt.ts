import { api } from './client';
import { type CommandReply, commandReply, keyHeader } from './command';

export async function halt(key: string, reason: string): Promise<CommandReply> {
  return commandReply(
    await api.POST('/api/halt', { params: { header: keyHeader(key) }, body: { reason } }),
  );
}
