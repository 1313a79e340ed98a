import { NumberInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { closeTrade } from '../../api/close-trade';
import { useRow } from '../../api/live-topic';
import { useAccountTopics, useSystem } from '../../api/system';
import { useCommand } from '../../api/use-command';
import { isLocked } from '../../lib/command-state';
import { formatLots } from '../../lib/format';
import { ActionDialog } from '../../ui/action-dialog';
import { CommandOutcome } from '../../ui/command-outcome';
import { Facts } from '../../ui/facts';
import { PnlCell } from '../../ui/pnl-cell';
import { PriceCell } from '../../ui/price-cell';
import { SideTag } from '../../ui/side-tag';
import { useQuote } from './instrument';

/** Closes a position whole or in part, at market. Possible although prices are old. */
export function CloseDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { environment } = useSystem();
  const { positions } = useAccountTopics();
  const live = useRow(positions, id);
  const command = useCommand();
  const [lots, setLots] = useState<string | number>('');

  // When it is closed its row goes; the dialog stays to say at what price.
  const last = useRef(live);
  last.current = live ?? last.current;
  const position = last.current;
  const quote = useQuote(position?.symbol ?? '');
  if (!position) {
    return null;
  }

  const part = lots === '' ? null : Number(lots);
  const whole = part === null || part === Number(position.volume);
  const closing = formatLots(whole ? position.volume : String(part));
  const done = command.phase.kind === 'done';
  const gone = live === undefined && command.phase.kind === 'idle';

  return (
    <ActionDialog
      title="Close position"
      environment={environment}
      onClose={onClose}
      confirmLabel={`Close ${closing} ${position.symbol}`}
      danger
      onConfirm={() =>
        command.submit((key) =>
          closeTrade(key, position.ticket, whole ? {} : { volume: String(part) }),
        )
      }
      blocked={blockedBy(gone, part, Number(position.volume))}
      busy={isLocked(command.phase)}
      finished={done}
      outcome={<Outcome command={command} digits={position.digits} />}
    >
      <Facts
        items={[
          ['Symbol', position.symbol],
          ['Side', <SideTag key="side" side={position.type} />],
          ['Lots', formatLots(position.volume)],
          [
            'Open price',
            <PriceCell key="o" value={position.price_open} digits={position.digits} />,
          ],
          [
            'Price now',
            <PriceCell key="p" value={position.price_current} digits={position.digits} />,
          ],
          ['P/L now', <PnlCell key="pl" value={position.profit} />],
        ]}
      />
      <NumberInput
        label="Lots to close"
        description="Empty closes all of it"
        placeholder={formatLots(position.volume)}
        value={lots}
        onChange={setLots}
        min={0}
        max={Number(position.volume)}
        step={Number(quote?.volume_step ?? 0.01)}
        decimalScale={5}
        hideControls
        disabled={isLocked(command.phase)}
      />
    </ActionDialog>
  );
}

function Outcome({ command, digits }: { command: ReturnType<typeof useCommand>; digits: number }) {
  const { phase } = command;
  if (phase.kind === 'idle') {
    return null;
  }
  return (
    <>
      <CommandOutcome control={command} digits={digits} />
      {phase.kind === 'done' && phase.answer.realized_profit !== null && (
        <p>
          Realised <PnlCell value={phase.answer.realized_profit} />
        </p>
      )}
    </>
  );
}

function blockedBy(gone: boolean, part: number | null, volume: number): string | null {
  if (gone) {
    return 'This position is no longer open.';
  }
  return part !== null && !(part > 0 && part <= volume)
    ? `Lots to close must be above 0 and at most ${volume}.`
    : null;
}
