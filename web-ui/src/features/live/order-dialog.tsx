import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { quotes, useFeedStatus } from '../../api/feed';
import { useRowIds } from '../../api/live-topic';
import { useSystem } from '../../api/system';
import { type TradeRequest, trade } from '../../api/trade';
import type { Side } from '../../api/types';
import { useCommand } from '../../api/use-command';
import { isLocked } from '../../lib/command-state';
import { NO_NEW_ORDERS_AFTER_MS, STALE_AFTER_MS } from '../../lib/feed-client';
import { formatLots, formatPips, formatPrice } from '../../lib/format';
import { needsReconfirm, type SeenPrice } from '../../lib/reconfirm';
import { ActionDialog } from '../../ui/action-dialog';
import { CommandOutcome } from '../../ui/command-outcome';
import { DirectionArrow } from '../../ui/direction-arrow';
import { PriceCell } from '../../ui/price-cell';
import { fillSide, type LiveQuote, pipExponentOf, useQuote } from './instrument';

const PRICE = /^\d+(\.\d+)?$/;
const DEFAULT_LOTS = 0.1;

type OrderDialogProps = { symbol: string; onClose: () => void };

/** A market order by hand. Nothing on the page changes before the engine says so. */
export function OrderDialog({ symbol: initialSymbol, onClose }: OrderDialogProps) {
  const { environment } = useSystem();
  const symbols = useRowIds(quotes);
  const feed = useFeedStatus();
  const command = useCommand();
  const [symbol, setSymbol] = useState(initialSymbol);
  const [side, setSide] = useState<Side>('BUY');
  const [lots, setLots] = useState<string | number>(DEFAULT_LOTS);
  const [stop, setStop] = useState('');
  const [target, setTarget] = useState('');
  const [acceptsAge, setAcceptsAge] = useState(false);
  const quote = useQuote(symbol);
  const seen = useSeenPrice(quote, side);
  const [moved, setMoved] = useState<string | null>(null);

  const digits = quote?.digits ?? 5;
  const price = fillSide(quote, side);
  const stale = feed.silenceMs > STALE_AFTER_MS;
  const locked = isLocked(command.phase);
  const order = orderOf({ symbol, side, lots, stop, target });
  const verb = side === 'BUY' ? 'Buy' : 'Sell';

  function confirm() {
    if (!quote || price === undefined || !seen.current) {
      return;
    }
    const now = { price: Number(price), seenMs: Date.now() };
    if (needsReconfirm(seen.current, now.price, Number(quote.pip), now.seenMs)) {
      const from = formatPrice(String(seen.current.price), digits);
      setMoved(`The price moved from ${from} to ${formatPrice(price, digits)}. Confirm again.`);
      seen.current = now;
      return;
    }
    setMoved(null);
    command.submit((key) => trade(key, order));
  }

  return (
    <ActionDialog
      title="New order"
      environment={environment}
      onClose={onClose}
      confirmLabel={`${verb} ${formatLots(String(lots || 0))} ${symbol}`}
      onConfirm={confirm}
      blocked={blockedBy({ quote, lots, stop, target, silenceMs: feed.silenceMs, acceptsAge })}
      busy={locked}
      finished={command.phase.kind === 'done'}
      outcome={
        command.phase.kind !== 'idle' ? (
          <CommandOutcome control={command} digits={digits} />
        ) : moved ? (
          <p className="outcome warn" data-outcome="moved">
            {moved}
          </p>
        ) : null
      }
    >
      <Select
        label="Symbol"
        data={[...symbols]}
        value={symbol}
        allowDeselect={false}
        disabled={locked}
        onChange={(next) => {
          if (next) {
            setSymbol(next);
            setMoved(null);
          }
        }}
      />
      <SideChoice
        side={side}
        quote={quote}
        disabled={locked}
        onSide={(next) => {
          setSide(next);
          setMoved(null);
        }}
      />
      <NumberInput
        label="Volume, lots"
        value={lots}
        onChange={setLots}
        min={Number(quote?.min_volume ?? 0.01)}
        step={0.01}
        decimalScale={5}
        disabled={locked}
      />
      <div className="field-pair">
        <TextInput
          label="Stop loss"
          description={distance(quote, price, stop)}
          placeholder="none"
          inputMode="decimal"
          value={stop}
          disabled={locked}
          onChange={(event) => setStop(event.currentTarget.value)}
        />
        <TextInput
          label="Take profit"
          description={distance(quote, price, target)}
          placeholder="none"
          inputMode="decimal"
          value={target}
          disabled={locked}
          onChange={(event) => setTarget(event.currentTarget.value)}
        />
      </div>
      {stale && !locked && (
        <Checkbox
          label={`Prices are ${Math.floor(feed.silenceMs / 1000)} s old. Send the order anyway.`}
          checked={acceptsAge}
          onChange={(event) => setAcceptsAge(event.currentTarget.checked)}
        />
      )}
    </ActionDialog>
  );
}

/** The price on screen when the dialog opened, or when side or symbol were chosen. */
function useSeenPrice(quote: LiveQuote | undefined, side: Side) {
  const seen = useRef<SeenPrice | null>(null);
  const symbol = quote?.symbol;
  const latest = useRef(quote);
  latest.current = quote;
  useEffect(() => {
    const price = symbol === undefined ? undefined : fillSide(latest.current, side);
    seen.current = price === undefined ? null : { price: Number(price), seenMs: Date.now() };
  }, [symbol, side]);
  return seen;
}

type SideChoiceProps = {
  side: Side;
  quote: LiveQuote | undefined;
  disabled: boolean;
  onSide: (side: Side) => void;
};

function SideChoice({ side, quote, disabled, onSide }: SideChoiceProps) {
  return (
    <fieldset className="side-choice" disabled={disabled}>
      <legend className="sr-only">Side</legend>
      {(['SELL', 'BUY'] as const).map((each) => (
        <button
          key={each}
          type="button"
          className={each === 'BUY' ? 'up' : 'down'}
          aria-pressed={each === side}
          onClick={() => onSide(each)}
        >
          <span>
            <DirectionArrow direction={each === 'BUY' ? 'up' : 'down'} />{' '}
            {each === 'BUY' ? 'Buy at ask' : 'Sell at bid'}
          </span>
          {quote && (
            <PriceCell
              value={fillSide(quote, each)}
              digits={quote.digits}
              pipExponent={pipExponentOf(quote.pip)}
            />
          )}
        </button>
      ))}
    </fieldset>
  );
}

type Draft = {
  symbol: string;
  side: Side;
  lots: string | number;
  stop: string;
  target: string;
};

function orderOf({ symbol, side, lots, stop, target }: Draft): TradeRequest {
  const order: TradeRequest = { symbol, action: side, volume: String(lots) };
  if (stop.trim() !== '') {
    order.stop_loss = stop.trim();
  }
  if (target.trim() !== '') {
    order.take_profit = target.trim();
  }
  return order;
}

function distance(quote: LiveQuote | undefined, price: string | undefined, level: string): string {
  return quote && price && PRICE.test(level.trim())
    ? `${formatPips(price, level, pipExponentOf(quote.pip)).replace('-', '\u2212')} pips away`
    : 'Price, optional';
}

type Blocking = {
  quote: LiveQuote | undefined;
  lots: string | number;
  stop: string;
  target: string;
  silenceMs: number;
  acceptsAge: boolean;
};

/** Form only; whether risk allows it is the engine's to say. */
function blockedBy({ quote, lots, stop, target, silenceMs, acceptsAge }: Blocking): string | null {
  if (!quote) {
    return 'There is no quote yet.';
  }
  if (silenceMs > NO_NEW_ORDERS_AFTER_MS) {
    return 'No prices for more than 10 s: new orders are off.';
  }
  if (silenceMs > STALE_AFTER_MS && !acceptsAge) {
    return 'Prices are old. Tick the box to send anyway.';
  }
  if (!(Number(lots) > 0)) {
    return 'Volume must be above 0.';
  }
  for (const [name, value] of [
    ['Stop loss', stop],
    ['Take profit', target],
  ] as const) {
    if (value.trim() !== '' && !PRICE.test(value.trim())) {
      return `${name} must be a price such as ${quote.bid}.`;
    }
  }
  return null;
}
