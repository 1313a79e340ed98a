import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { TARGET } from './browser';
import { startFakeEngine } from './fake-engine.mjs';

const SCREENSHOTS = join(TARGET, 'screenshots');
mkdirSync(SCREENSHOTS, { recursive: true });

export type Target = {
  url: string;
  user: string;
  password: string;
  viewer: { user: string; password: string } | null;
  /** Scripts the fake engine; absent when a real one runs. */
  fake: ((name: string, body?: Record<string, unknown>) => Promise<FakeCounts>) | null;
};

export type FakeCounts = {
  commands: number;
  refreshes: number;
  posts: number;
  connections: number;
  positions: number;
  sockets: number;
  halted: boolean;
};

export const test = base.extend<{ target: Target; rows: number }>({
  rows: [4, { option: true }],
  target: async ({ rows }, use) => {
    const url = process.env.SAKER_URL;
    if (url) {
      await use(realTarget(url));
      return;
    }
    const engine = await startFakeEngine({ rows });
    try {
      await use({
        url: engine.url,
        user: 'admin',
        password: 'secret password',
        viewer: { user: 'viewer', password: 'secret password' },
        fake: async (name, body = {}) => {
          const response = await fetch(`${engine.url}/fake/${name}`, {
            method: 'POST',
            body: JSON.stringify(body),
          });
          return (await response.json()) as FakeCounts;
        },
      });
    } finally {
      await engine.stop();
    }
  },
});

function realTarget(url: string): Target {
  const viewer = process.env.SAKER_E2E_VIEWER;
  return {
    url,
    user: process.env.SAKER_E2E_USER ?? 'admin',
    password: process.env.SAKER_E2E_PASSWORD ?? '',
    viewer: viewer ? { user: viewer, password: process.env.SAKER_E2E_VIEWER_PASSWORD ?? '' } : null,
    fake: null,
  };
}

export async function signIn(page: Page, target: Target, who?: Target['viewer']): Promise<void> {
  await page.goto(`${target.url}/login`);
  await page.getByLabel('User name').fill(who?.user ?? target.user);
  await page.getByLabel('Password', { exact: true }).fill(who?.password ?? target.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByTestId('connection')).toContainText('Live');
  await expect(page.getByRole('table', { name: 'Watch list' })).toBeVisible();
}

export async function openOrderDialog(page: Page) {
  await page.getByRole('button', { name: 'New order' }).click();
  return page.getByRole('dialog', { name: /New order/ });
}

/** Presses confirm, and once more where the price moved since the dialog opened. */
export async function confirmOrder(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: /New order/ });
  const confirm = dialog.getByRole('button', { name: /^(Buy|Sell) [\d.]+ \w+$/ });
  const moved = dialog.locator('[data-outcome=moved]');
  const sent = dialog.locator('[data-outcome]:not([data-outcome=moved])');
  for (let tries = 0; tries < 5 && (await sent.count()) === 0; tries++) {
    await confirm.click();
    await expect(moved.or(sent).first()).toBeVisible();
  }
}

export async function screenshot(page: Page, name: string, fullPage = false): Promise<void> {
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage });
}

/** Tickets in the positions table now. */
export async function tickets(page: Page): Promise<string[]> {
  return page
    .getByRole('table', { name: 'Open positions' })
    .locator('tr[data-ticket]')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.ticket ?? ''));
}

export { expect };
