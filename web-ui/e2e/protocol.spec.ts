import type { Page } from '@playwright/test';
import { confirmOrder, expect, openOrderDialog, screenshot, signIn, test } from './fixtures';

// What a healthy engine never shows: silence, gaps, restarts, lost answers. Scripted engine only.

const chip = (page: Page) => page.getByTestId('connection');

const firstBid = (page: Page) =>
  page.getByRole('table', { name: 'Watch list' }).locator('tbody td:nth-child(2)').first();

async function expectMoving(page: Page) {
  const before = await firstBid(page).innerText();
  await expect.poll(() => firstBid(page).innerText()).not.toBe(before);
}

function scripted(
  fake: ((name: string, body?: Record<string, unknown>) => Promise<unknown>) | null,
) {
  if (fake === null) {
    throw new Error('needs the scripted engine: unset SAKER_URL');
  }
  return fake;
}

test('should mark everything stale in silence, stop new orders, and keep closing', async ({
  page,
  target,
}) => {
  const fake = scripted(target.fake);
  await signIn(page, target);
  await fake('behave', { silent: true });

  await expect(chip(page)).toContainText('Stale', { timeout: 4_500 });
  await expect(page.locator('[data-area=watch]')).toHaveAttribute('data-state', 'stale');
  await screenshot(page, 'stale-1440');
  await expect(chip(page)).toContainText(/Reconnecting|Offline|Stale|Live/, { timeout: 4_000 });
  await expect(page.getByRole('button', { name: 'New order' })).toBeDisabled({ timeout: 12_000 });
  await expect(page.getByRole('button', { name: /^Close / }).first()).toBeEnabled();
  await expect(page.getByRole('button', { name: 'Halt', exact: true })).toBeEnabled();

  await fake('behave', { silent: false });
  await fake('kill');
  await expect(chip(page)).toContainText('Live', { timeout: 35_000 });
  await expect(page.getByRole('button', { name: 'New order' })).toBeEnabled();
  await expectMoving(page);
});

test('should repair a gap by a snapshot without a reload', async ({ page, target }) => {
  const fake = scripted(target.fake);
  const frames: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => frames.push(String(payload))),
  );
  await signIn(page, target);
  const subscriptions = () => frames.filter((frame) => frame.includes('"op":"sub"')).length;
  await expectMoving(page);
  const before = subscriptions();

  await fake('behave', { skipSeq: true });

  await expect.poll(subscriptions, { timeout: 2_000 }).toBe(before + 1);
  await expectMoving(page);
});

test('should come back after a restart with a new epoch and keep a draft', async ({
  page,
  target,
}) => {
  const fake = scripted(target.fake);
  await signIn(page, target);
  const dialog = await openOrderDialog(page);
  await dialog.getByLabel('Stop loss').fill('1.07777');

  await fake('restart');

  await expect
    .poll(async () => ((await fake('look')) as { connections: number }).connections)
    .toBe(2);
  await expect(chip(page)).toContainText('Live', { timeout: 5_000 });
  await expectMoving(page);
  await expect(dialog.getByLabel('Stop loss')).toHaveValue('1.07777');
});

test('should lose and double nothing when the socket is killed again and again', async ({
  page,
  target,
}) => {
  const fake = scripted(target.fake);
  await signIn(page, target);
  for (let i = 0; i < 8; i++) {
    await fake('kill');
    await expect.poll(async () => ((await fake('look')) as { sockets: number }).sockets).toBe(1);
    await expect(chip(page)).toContainText('Live');
  }

  const { positions } = (await fake('look')) as { positions: number };
  await expect(page.locator('tr[data-ticket]')).toHaveCount(positions);
  await expectMoving(page);
});

test('should show pending while the engine thinks, then unknown, and never send again', async ({
  page,
  target,
}) => {
  const fake = scripted(target.fake);
  await signIn(page, target);
  await fake('behave', { hold: true });
  const rows = await page.locator('tr[data-ticket]').count();
  const dialog = await openOrderDialog(page);
  await dialog.getByLabel('Volume, lots').fill('0.01');
  await confirmOrder(page);

  await expect(dialog.locator('[data-outcome=pending]')).toContainText('Accepted by engine');
  await expect(page.locator('tr[data-ticket]')).toHaveCount(rows);
  await expect(dialog.locator('[data-outcome=warn]')).toContainText('Unknown', { timeout: 12_000 });
  await screenshot(page, 'unknown-1440');
  await expect(dialog.getByRole('button', { name: /^Buy \d/ })).toBeDisabled();
  expect(((await fake('look')) as { commands: number }).commands).toBe(1);
});

test('should make one command when the answer is lost and the user asks again', async ({
  page,
  target,
}) => {
  const fake = scripted(target.fake);
  await signIn(page, target);
  await fake('behave', { dropReply: 1_000 }); // A browser may try again by itself, with the same key.
  const dialog = await openOrderDialog(page);
  await dialog.getByLabel('Volume, lots').fill('0.01');
  await confirmOrder(page);
  await expect(dialog.locator('[data-outcome=warn]')).toContainText('Unknown');

  await fake('behave', { dropReply: 0 });
  await dialog.getByRole('button', { name: 'Check again' }).click();

  await expect(dialog.locator('[data-outcome=good]')).toContainText('Filled');
  expect(((await fake('look')) as { commands: number }).commands).toBe(1);
});

test('should show why an order was rejected and let it be changed', async ({ page, target }) => {
  const fake = scripted(target.fake);
  await signIn(page, target);
  const dialog = await openOrderDialog(page);
  await dialog.getByLabel('Volume, lots').fill('90');
  await confirmOrder(page);
  await expect(dialog.locator('[data-outcome=bad]')).toContainText('Rejected: Margin');

  await dialog.getByLabel('Volume, lots').fill('0.01');
  await dialog.getByRole('button', { name: /^Buy 0\.01/ }).click();

  await expect(
    dialog.locator('[data-outcome=good]').or(dialog.locator('[data-outcome=moved]')),
  ).toBeVisible();
  expect(((await fake('look')) as { commands: number }).commands).toBeGreaterThanOrEqual(1);
});

test('should ask again when the price moved while the dialog was open', async ({
  page,
  target,
}) => {
  const fake = scripted(target.fake);
  await signIn(page, target);
  await fake('behave', { freeze: true });
  const dialog = await openOrderDialog(page);
  await page.waitForFunction((since) => Date.now() - since > 2_200, Date.now());
  await fake('quote', { symbol: 'EURUSD', pips: 3 });
  await expect(firstBid(page)).toContainText('1.08');

  await expect
    .poll(async () => {
      await dialog
        .getByRole('button', { name: /^Buy \d/ })
        .click({ timeout: 2_000 })
        .catch(() => undefined);
      return dialog.locator('[data-outcome]').first().getAttribute('data-outcome');
    })
    .toBe('moved');
  expect(((await fake('look')) as { commands: number }).commands).toBe(0);
  await screenshot(page, 'price-moved-1440');
  await dialog.getByRole('button', { name: /^Buy \d/ }).click();

  await expect(dialog.locator('[data-outcome=good]')).toContainText('Filled');
});

test('should let one panel fail alone and try again', async ({ page, target }) => {
  const fake = scripted(target.fake);
  await fake('behave', { fail: ['/api/performance'] });
  await signIn(page, target);
  const panel = page.locator('[data-area=equity]');

  await expect(panel).toHaveAttribute('data-state', 'error', { timeout: 15_000 });
  await expect(panel).toContainText('Request r-');
  await expectMoving(page);
  await screenshot(page, 'panel-error-1440');
  await fake('behave', { fail: [] });
  await panel.getByRole('button', { name: 'Try again' }).click();

  await expect(panel).toHaveAttribute('data-state', 'ready');
});

test('should refresh once for many refused calls', async ({ page, target }) => {
  const fake = scripted(target.fake);
  await signIn(page, target);
  await expect(page.locator('[data-area=equity]')).toHaveAttribute('data-state', 'ready');
  const before = ((await fake('look')) as { refreshes: number }).refreshes;
  await fake('expire');

  await page.getByRole('button', { name: 'M15', exact: true }).click();
  await page.getByRole('button', { name: /Show USDJPY/ }).click();
  await page.getByRole('tab', { name: 'Closed trades' }).click();
  await expect(page.getByRole('heading', { name: /Closed trades \(\d+\)/ })).toBeVisible();
  await expect(page.locator('[data-area=chart]')).toHaveAttribute('data-state', 'ready');

  expect(((await fake('look')) as { refreshes: number }).refreshes).toBe(before + 1);
});

test('should lay a login over the page when the session ends, and keep the draft', async ({
  page,
  target,
}) => {
  const fake = scripted(target.fake);
  await signIn(page, target);
  const dialog = await openOrderDialog(page);
  await dialog.getByLabel('Take profit').fill('1.09999');
  const url = page.url();

  await fake('revoke');

  const ended = page.getByRole('dialog', { name: 'Your session has ended' });
  await expect(ended).toBeVisible({ timeout: 2_500 });
  await screenshot(page, 'session-ended-1440');
  await fake('behave', { refreshOk: true });
  await ended.getByLabel('Password', { exact: true }).fill(target.password);
  await ended.getByRole('button', { name: 'Sign in' }).click();
  await expect(ended).toHaveCount(0);
  await expect(chip(page)).toContainText('Live');
  await expect(dialog.getByLabel('Take profit')).toHaveValue('1.09999');
  expect(page.url()).toBe(url);
});

test('should stay signed in over a reload', async ({ page, target }) => {
  await signIn(page, target);
  await page.reload();
  await expect(chip(page)).toContainText('Live');
});

test('should open nothing but a new password after a one-time password', async ({
  page,
  target,
}) => {
  await page.goto(`${target.url}/login`);
  await page.getByLabel('User name').fill('newcomer');
  await page.getByLabel('Password', { exact: true }).fill('one-time password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change your password' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await screenshot(page, 'change-password-1440');

  await dialog.getByLabel('Current password', { exact: true }).fill('one-time password');
  await dialog.getByLabel('New password', { exact: true }).fill('short');
  await expect(dialog.getByRole('button', { name: 'Change password' })).toBeDisabled();
  await dialog.getByLabel('New password', { exact: true }).fill('a longer password');
  await dialog.getByLabel('New password again').fill('a longer password');
  await dialog.getByRole('button', { name: 'Change password' }).click();

  await expect(dialog).toHaveCount(0);
  await expect(chip(page)).toContainText('Live');
});

test('should say that a password was wrong', async ({ page, target }) => {
  await page.goto(`${target.url}/login`);
  await page.getByLabel('User name').fill('admin');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toHaveText('User name or password is wrong.');
});

test('should change stop and target, and remove them', async ({ page, target }) => {
  await signIn(page, target);
  const row = page.locator('tr[data-ticket]', { hasText: 'EURUSD' }).first();
  await row.getByRole('button', { name: /^Change stop/ }).click();
  const dialog = page.getByRole('dialog', { name: /Change stop and target/ });
  const confirm = dialog.getByRole('button', { name: /^Change EURUSD/ });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel('Stop loss').fill('1.07111');
  await dialog.getByLabel('Take profit').fill('');
  await confirm.click();

  await expect(dialog.locator('[data-outcome=good]')).toBeVisible();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(row.locator('td').nth(5)).toContainText('1.07111');
  await expect(row.locator('td').nth(6)).toContainText('\u2013');
});

test('should close a part of a position', async ({ page, target }) => {
  await signIn(page, target);
  const row = page.locator('tr[data-ticket]', { hasText: 'GBPUSD' }).first();
  await expect(row.locator('td').nth(2)).toHaveText('0.40');
  await row.getByRole('button', { name: /^Close/ }).click();
  const dialog = page.getByRole('dialog', { name: /Close position/ });
  await dialog.getByLabel('Lots to close').fill('0.15');
  await dialog.getByRole('button', { name: 'Close 0.15 GBPUSD' }).click();

  await expect(dialog.locator('[data-outcome=good]')).toContainText('Filled');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(row.locator('td').nth(2)).toHaveText('0.25');
});

test.describe('with one position', () => {
  test.use({ rows: 1 });

  test('should tell how it was closed when no row is left', async ({ page, target }) => {
    await signIn(page, target);
    await target.fake?.('behave', { replyDelayMs: 1500 });
    await page
      .locator('tr[data-ticket]')
      .getByRole('button', { name: /^Close/ })
      .click();
    const dialog = page.getByRole('dialog', { name: /Close position/ });

    await dialog.getByRole('button', { name: /^Close \d/ }).click();

    await expect(page.getByText('No open positions.')).toBeVisible();
    await expect(dialog.locator('[data-outcome=good]')).toContainText('Filled');
  });
});

test.describe('with 200 positions', () => {
  test.use({ rows: 200 });

  test('should mount only what is seen', async ({ page, target }) => {
    await signIn(page, target);
    await expect(page.getByRole('heading', { name: 'Positions (200)' })).toBeVisible();
    expect(await page.locator('tr[data-ticket]').count()).toBeLessThan(60);

    const table = page.getByRole('region', { name: /Open positions/ });
    await table.evaluate((element) => element.scrollTo(0, element.scrollHeight));

    await expect(page.locator('tr[data-ticket="6599"]')).toBeVisible();
    await screenshot(page, 'positions-200-1440');
  });
});
