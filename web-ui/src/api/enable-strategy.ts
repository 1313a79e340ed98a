import { api } from './client';
import { type CommandReply, commandReply, keyHeader } from './command';

export async function enableStrategy(
  key: string,
  instance_id: number,
  enabled: boolean,
): Promise<CommandReply> {
  return commandReply(
    await api.POST('/api/strategy/enable', {
      params: { header: keyHeader(key) },
      body: { instance_id, enabled },
    }),
  );
}
