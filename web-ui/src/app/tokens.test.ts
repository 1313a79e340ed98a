import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Rgb = [number, number, number];

const CSS = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The tokens of one scheme, by name. */
function tokensOf(scheme: string): Record<string, Rgb> {
  const block = CSS.split(`"${scheme}"] {`)[1]?.split('}')[0] ?? '';
  const entries = [...block.matchAll(/--([\w-]+): #([0-9a-f]{6})/g)];
  return Object.fromEntries(
    entries.map(([, name, hex]) => [
      name,
      [0, 2, 4].map((at) => Number.parseInt((hex ?? '').slice(at, at + 2), 16) / 255) as Rgb,
    ]),
  );
}

const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);

function luminance([r, g, b]: Rgb): number {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB. */
const VISION: Record<string, number[]> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  deutan: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
  ],
  tritan: [
    1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039,
  ],
};

function lab(colour: Rgb, vision: number[]): Rgb {
  const rgb = colour.map(linear);
  const seen = [0, 3, 6].map((row) =>
    Math.max(
      0,
      rgb.reduce((sum, c, i) => sum + c * (vision[row + i] ?? 0), 0),
    ),
  ) as Rgb;
  const [r, g, b] = seen;
  const xyz = [
    (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
    0.2126 * r + 0.7152 * g + 0.0722 * b,
    (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
  ].map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)) as Rgb;
  const [x, y, z] = xyz;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

describe.each(['dark', 'light'])('the %s scheme', (scheme) => {
  const tokens = tokensOf(scheme);
  const at = (name: string) => tokens[name] as Rgb;

  it.each(['text', 'muted', 'up', 'down', 'accent', 'warning', 'danger'])(
    'should show %s readably on every surface it lies on',
    (name) => {
      for (const surface of ['panel', 'raised', 'hover', 'selected']) {
        expect(contrast(at(name), at(surface)), surface).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  it('should show the edges of controls', () => {
    expect(contrast(at('control'), at('panel'))).toBeGreaterThanOrEqual(3);
    expect(contrast(at('on-accent'), at('accent'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(at('on-danger'), at('danger'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(at('warning'), at('warning-bg'))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(Object.keys(VISION))('should keep up and down apart for %s vision', (vision) => {
    const [a, b] = ['up', 'down'].map((name) => lab(at(name), VISION[vision] ?? [])) as [Rgb, Rgb];
    expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThanOrEqual(40);
  });
});
