// Numbers and times as the console shows them. Values arrive as decimal strings; missing is an en
// dash, never zero. Minus is U+2212, so that it is as wide as plus and columns do not jump.

export const MINUS = '\u2212';
export const MISSING = '\u2013';

export type Decimal = string | null | undefined;

export type PriceParts = {
  /** Digits before the pips, such as `1.08`. */
  lead: string;
  /** The two digits a trader reads, such as `45`. */
  pips: string;
  /** Fraction of a pip, such as `3`; may be empty. */
  fraction: string;
  /** The whole price, for screen readers and copying. */
  text: string;
};

export type Direction = 'up' | 'down' | 'flat';

function toNumber(value: Decimal): number | null {
  if (value === null || value === undefined || value === '') {
    return null;
  }
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function grouped(magnitude: number, decimals: number): string {
  const [whole = '0', fraction] = magnitude.toFixed(decimals).split('.');
  const withCommas = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? withCommas : `${withCommas}.${fraction}`;
}

function signed(value: number, decimals: number, plus: boolean): string {
  const text = grouped(Math.abs(value), decimals);
  if (!/[1-9]/.test(text)) {
    return text;
  }
  return value < 0 ? `${MINUS}${text}` : plus ? `+${text}` : text;
}

/** `1.08453` with a fixed number of digits, no thousands. */
export function formatPrice(value: Decimal, digits: number): string {
  const number = toNumber(value);
  if (number === null) {
    return MISSING;
  }
  return number < 0 ? `${MINUS}${(-number).toFixed(digits)}` : number.toFixed(digits);
}

/**
 * Splits a price at its pips: two digits ending at 10^pipExponent are the pips, what follows is the
 * fraction of a pip. The decimal point goes with the part it stands before.
 */
export function priceParts(value: Decimal, digits: number, pipExponent: number): PriceParts {
  const text = formatPrice(value, digits);
  if (text === MISSING) {
    return { lead: MISSING, pips: '', fraction: '', text };
  }
  const fractionLength = Math.max(0, digits + pipExponent);
  const pipsEnd = text.length - fractionLength;
  let pipsStart = pipsEnd;
  for (let found = 0; found < 2 && pipsStart > 0; ) {
    pipsStart--;
    if (text[pipsStart] !== '.') {
      found++;
    }
  }
  return {
    lead: text.slice(0, pipsStart),
    pips: text.slice(pipsStart, pipsEnd),
    fraction: text.slice(pipsEnd),
    text,
  };
}

/** `1,234.50`, no plus. */
export function formatMoney(value: Decimal, decimals = 2): string {
  const number = toNumber(value);
  return number === null ? MISSING : signed(number, decimals, false);
}

/** `+1,234.50`, `−12.00`, `0.00`: gains and losses always say their sign. */
export function formatPnl(value: Decimal, decimals = 2): string {
  const number = toNumber(value);
  return number === null ? MISSING : signed(number, decimals, true);
}

/** `0.25` lots. */
export function formatLots(value: Decimal): string {
  const number = toNumber(value);
  return number === null ? MISSING : grouped(Math.abs(number), 2);
}

export function formatPercent(value: number | string | null | undefined): string {
  const number = toNumber(value === null || value === undefined ? null : String(value));
  return number === null ? MISSING : `${signed(number, 2, false)} %`;
}

export function formatRatio(value: number | string | null | undefined): string {
  const number = toNumber(value === null || value === undefined ? null : String(value));
  return number === null ? MISSING : signed(number, 2, false);
}

export function formatCount(value: number | null | undefined): string {
  return value === null || value === undefined ? MISSING : signed(value, 0, false);
}

/** Distance between two prices in pips, one decimal. */
export function formatPips(from: Decimal, to: Decimal, pipExponent: number): string {
  const a = toNumber(from);
  const b = toNumber(to);
  return a === null || b === null ? MISSING : ((b - a) / 10 ** pipExponent).toFixed(1);
}

/** Direction of what is shown: an amount that rounds to zero is flat. */
export function directionOf(value: Decimal, decimals = 2): Direction {
  const number = toNumber(value);
  if (number === null || !/[1-9]/.test(Math.abs(number).toFixed(decimals))) {
    return 'flat';
  }
  return number > 0 ? 'up' : 'down';
}

export function arrowOf(direction: Direction): string {
  return direction === 'up' ? '\u25B2' : direction === 'down' ? '\u25BC' : '';
}

export type Zone = 'utc' | 'local';

function partsOf(epochMs: number, zone: Zone): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone === 'utc' ? 'UTC' : undefined,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return Object.fromEntries(format.formatToParts(epochMs).map(({ type, value }) => [type, value]));
}

/** `14:02:07`; the date comes first when it is not `nowMs`'s day. */
export function formatTime(epochMs: number | null | undefined, nowMs: number, zone: Zone = 'utc') {
  if (!epochMs) {
    return MISSING;
  }
  const at = partsOf(epochMs, zone);
  const now = partsOf(nowMs, zone);
  const clock = `${at.hour}:${at.minute}:${at.second}`;
  const date = `${at.year}-${at.month}-${at.day}`;
  return date === `${now.year}-${now.month}-${now.day}` ? clock : `${date} ${clock}`;
}

export function formatClock(epochMs: number, zone: Zone = 'utc'): string {
  const at = partsOf(epochMs, zone);
  return `${at.hour}:${at.minute}:${at.second}`;
}

/** Age of something live: `3 s`, `4 min`, `2 h`. */
export function formatAge(ageMs: number): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1000));
  if (seconds < 120) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}

/** `64 MB`, `1.4 GB`. */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) {
    return MISSING;
  }
  const megabytes = bytes / 2 ** 20;
  return megabytes < 1024 ? `${grouped(megabytes, 0)} MB` : `${grouped(megabytes / 1024, 1)} GB`;
}

/** `1x` is silent; a demo's faster market says so. */
export function formatMarketRate(rate: number): string | null {
  return rate === 1 ? null : `${Number(rate.toFixed(1))}x market time`;
}

/** `CLOSE_BUY` and `STOP_LOSS` as a person says them. */
export function humanise(code: string | null | undefined): string {
  if (!code) {
    return MISSING;
  }
  const words = code.replace(/_/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
