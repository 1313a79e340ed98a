import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useRow } from '../../api/live-topic';
import { type ModifyRequest, modifyPosition } from '../../api/modify-position';
import { useAccountTopics, useSystem } from '../../api/system';
import { useCommand } from '../../api/use-command';
import { isLocked } from '../../lib/command-state';
import { formatLots, formatPips, formatPrice, MISSING } from '../../lib/format';
import { ActionDialog } from '../../ui/action-dialog';
import { CommandOutcome } from '../../ui/command-outcome';
import { Facts } from '../../ui/facts';
import { PnlCell } from '../../ui/pnl-cell';
import { PriceCell } from '../../ui/price-cell';
import { SideTag } from '../../ui/side-tag';
import { pipExponentOf, useQuote } from './instrument';

const PRICE = /^\d+(\.\d+)?$/;

/** Sets, moves or removes stop and target; an empty field removes. */
export function ModifyDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { environment } = useSystem();
  const { positions } = useAccountTopics();
  const position = useRow(positions, id);
  const quote = useQuote(position?.symbol ?? '');
  const command = useCommand();
  const digits = position?.digits ?? 5;
  const held = { sl: shown(position?.sl, digits), tp: shown(position?.tp, digits) };
  const [sl, setSl] = useState(held.sl);
  const [tp, setTp] = useState(held.tp);
  if (!position) {
    return null;
  }

  const change = changeOf(held, { sl: sl.trim(), tp: tp.trim() });
  const distance = (price: string) =>
    quote && PRICE.test(price.trim())
      ? `${formatPips(position.price_current, price, pipExponentOf(quote.pip)).replace('-', '\u2212')} pips from the price`
      : 'None';
  const locked = isLocked(command.phase);

  return (
    <ActionDialog
      title="Change stop and target"
      environment={environment}
      onClose={onClose}
      confirmLabel={`Change ${position.symbol} SL/TP`}
      onConfirm={() => command.submit((key) => modifyPosition(key, position.ticket, change))}
      blocked={blockedBy(sl, tp, change)}
      busy={locked}
      finished={command.phase.kind === 'done'}
      outcome={
        command.phase.kind === 'idle' ? null : (
          <CommandOutcome control={command} done="Stop and target are changed." />
        )
      }
    >
      <Facts
        items={[
          ['Symbol', position.symbol],
          ['Side', <SideTag key="side" side={position.type} />],
          ['Lots', formatLots(position.volume)],
          ['Price now', <PriceCell key="p" value={position.price_current} digits={digits} />],
          ['P/L now', <PnlCell key="pl" value={position.profit} />],
        ]}
      />
      <div className="field-pair">
        <TextInput
          label="Stop loss"
          description={distance(sl)}
          inputMode="decimal"
          value={sl}
          disabled={locked}
          onChange={(event) => setSl(event.currentTarget.value)}
        />
        <TextInput
          label="Take profit"
          description={distance(tp)}
          inputMode="decimal"
          value={tp}
          disabled={locked}
          onChange={(event) => setTp(event.currentTarget.value)}
        />
      </div>
    </ActionDialog>
  );
}

type Levels = { sl: string; tp: string };

function shown(price: string | null | undefined, digits: number): string {
  const text = formatPrice(price, digits);
  return text === MISSING ? '' : text;
}

function changeOf(held: Levels, wanted: Levels): ModifyRequest {
  const change: ModifyRequest = {};
  if (wanted.sl !== held.sl) {
    change.stop_loss = wanted.sl === '' ? null : wanted.sl;
  }
  if (wanted.tp !== held.tp) {
    change.take_profit = wanted.tp === '' ? null : wanted.tp;
  }
  return change;
}

function blockedBy(sl: string, tp: string, change: ModifyRequest): string | null {
  for (const [name, value] of [
    ['Stop loss', sl],
    ['Take profit', tp],
  ] as const) {
    if (value.trim() !== '' && !PRICE.test(value.trim())) {
      return `${name} must be a price such as 1.08450.`;
    }
  }
  return Object.keys(change).length === 0 ? 'Nothing is changed yet.' : null;
}
