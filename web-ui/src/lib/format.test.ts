import { describe, expect, it } from 'vitest';
import {
  directionOf,
  formatAge,
  formatBytes,
  formatLots,
  formatMarketRate,
  formatMoney,
  formatPercent,
  formatPips,
  formatPnl,
  formatPrice,
  formatTime,
  humanise,
  MISSING,
  priceParts,
} from './format';

const NOW = Date.parse('2026-03-02T18:00:00.000Z');

describe('priceParts', () => {
  it.each([
    ['EURUSD', '1.08453', 5, -4, ['1.08', '45', '3']],
    ['USDJPY', '151.234', 3, -2, ['151.', '23', '4']],
    ['XAUUSD', '2345.67', 2, -2, ['2345.', '67', '']],
    ['XAUUSD with a pip of 0.1', '2345.67', 2, -1, ['234', '5.6', '7']],
    ['a whole number', '34123', 0, 0, ['341', '23', '']],
    ['digits left off', '1.1', 5, -4, ['1.10', '00', '0']],
  ] as const)('should split %s at its pips', (_name, value, digits, pipExponent, expected) => {
    const parts = priceParts(value, digits, pipExponent);
    const [lead, pips, fraction] = expected;

    expect(parts.lead).toBe(lead);
    expect(parts.pips).toBe(pips);
    expect(parts.fraction).toBe(fraction);
    expect(parts.lead + parts.pips + parts.fraction).toBe(parts.text);
  });

  it('should show a missing price as a dash', () => {
    expect(priceParts(null, 5, -4).text).toBe('\u2013');
  });
});

describe('amounts', () => {
  it.each([
    ['1234.5', '+1,234.50'],
    ['-12', '\u221212.00'],
    ['0', '0.00'],
    ['-0.004', '0.00'],
    ['1234567.891', '+1,234,567.89'],
    [null, '\u2013'],
    ['', '\u2013'],
    ['abc', '\u2013'],
  ])('should write the profit %s as %s', (value, text) => {
    expect(formatPnl(value)).toBe(text);
  });

  it('should write money without a plus', () => {
    expect(formatMoney('100000')).toBe('100,000.00');
    expect(formatMoney('-5.005')).toMatch(/^\u22125\.0[01]$/);
  });

  it('should write lots, percent and pips with fixed decimals', () => {
    expect(formatLots('0.1')).toBe('0.10');
    expect(formatPercent(52.381)).toBe('52.38 %');
    expect(formatPercent(null)).toBe('\u2013');
    expect(formatPips('1.08450', '1.08400', -4)).toBe('-5.0');
    expect(formatPips('151.20', '151.35', -2)).toBe('15.0');
  });

  it('should keep the digits of a price', () => {
    expect(formatPrice('151.2', 3)).toBe('151.200');
    expect(formatPrice('1.1', 5)).toBe('1.10000');
  });

  it('should call an amount that rounds to zero flat', () => {
    expect(directionOf('0.004')).toBe('flat');
    expect(directionOf('0.01')).toBe('up');
    expect(directionOf('-0.01')).toBe('down');
    expect(directionOf(null)).toBe('flat');
  });
});

describe('times', () => {
  it('should leave the date out today and put it in otherwise', () => {
    expect(formatTime(Date.parse('2026-03-02T14:02:07Z'), NOW)).toBe('14:02:07');
    expect(formatTime(Date.parse('2026-03-01T14:02:07Z'), NOW)).toBe('2026-03-01 14:02:07');
    expect(formatTime(null, NOW)).toBe('\u2013');
  });

  it('should write midnight as 00, also on a day that clocks change', () => {
    expect(formatTime(Date.parse('2026-03-29T00:00:00Z'), Date.parse('2026-03-29T12:00:00Z'))).toBe(
      '00:00:00',
    );
    expect(formatTime(Date.parse('2026-10-25T01:30:00Z'), Date.parse('2026-10-25T12:00:00Z'))).toBe(
      '01:30:00',
    );
  });

  it('should say ages in the unit that fits', () => {
    expect(formatAge(3_400)).toBe('3 s');
    expect(formatAge(240_000)).toBe('4 min');
    expect(formatAge(3 * 3_600_000)).toBe('3 h');
  });

  it('should say memory in the unit that fits', () => {
    expect(formatBytes(412.4 * 2 ** 20)).toBe('412 MB');
    expect(formatBytes(1_536 * 2 ** 20)).toBe('1.5 GB');
    expect(formatBytes(null)).toBe(MISSING);
  });
});

describe('words', () => {
  it('should say a faster market and be silent about a usual one', () => {
    expect(formatMarketRate(10)).toBe('10x market time');
    expect(formatMarketRate(1)).toBeNull();
  });

  it('should read a code as words', () => {
    expect(humanise('SPREAD_TOO_WIDE')).toBe('Spread too wide');
    expect(humanise('')).toBe('\u2013');
  });
});
