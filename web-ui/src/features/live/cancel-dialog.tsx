import { cancelOrder } from '../../api/cancel-order';
import { useSystem } from '../../api/system';
import type { Live, Order } from '../../api/types';
import { useCommand } from '../../api/use-command';
import { isLocked } from '../../lib/command-state';
import { humanise } from '../../lib/format';
import { ActionDialog } from '../../ui/action-dialog';
import { CommandOutcome } from '../../ui/command-outcome';
import { Facts } from '../../ui/facts';
import { SideTag } from '../../ui/side-tag';

export function CancelDialog({ order, onClose }: { order: Live<Order>; onClose: () => void }) {
  const { environment } = useSystem();
  const command = useCommand();
  const orderId = order.order_id;
  return (
    <ActionDialog
      title="Cancel order"
      environment={environment}
      onClose={onClose}
      confirmLabel={`Cancel ${order.symbol} order`}
      danger
      onConfirm={() => {
        if (orderId !== null) {
          command.submit((key) => cancelOrder(key, orderId));
        }
      }}
      busy={isLocked(command.phase)}
      finished={command.phase.kind === 'done'}
      outcome={
        command.phase.kind === 'idle' ? null : (
          <CommandOutcome control={command} done="The order is cancelled." />
        )
      }
    >
      <Facts
        items={[
          ['Symbol', order.symbol],
          ['Side', <SideTag key="side" side={order.type} />],
          ['Units', Number(order.units).toLocaleString('en-GB')],
          ['State', humanise(order.state)],
        ]}
      />
    </ActionDialog>
  );
}
