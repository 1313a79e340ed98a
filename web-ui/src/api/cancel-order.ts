import { api } from './client';
import { type CommandReply, commandReply, keyHeader } from './command';

export async function cancelOrder(key: string, order_id: number): Promise<CommandReply> {
  return commandReply(
    await api.DELETE('/api/orders/{order_id}', {
      params: { path: { order_id }, header: keyHeader(key) },
    }),
  );
}
