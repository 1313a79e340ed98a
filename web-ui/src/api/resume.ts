import { api } from './client';
import { type CommandReply, commandReply, keyHeader } from './command';

export async function resume(key: string, reason: string): Promise<CommandReply> {
  return commandReply(
    await api.POST('/api/resume', { params: { header: keyHeader(key) }, body: { reason } }),
  );
}
