import { api } from './client';
import { type CommandReply, commandReply, keyHeader } from './command';
import type { components } from './schema';

export type TradeRequest = components['schemas']['TradeRequest'];

export async function trade(key: string, order: TradeRequest): Promise<CommandReply> {
  return commandReply(
    await api.POST('/api/trade', { params: { header: keyHeader(key) }, body: order }),
  );
}
