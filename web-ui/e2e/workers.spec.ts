import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, screenshot, signIn, type Target, test } from './fixtures';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function openWorkers(page: Page, target: Target, who?: Target['viewer']): Promise<void> {
  await signIn(page, target, who);
  await page.goto(`${target.url}/ops/workers`);
  await expect(page.getByRole('table', { name: 'Workers' })).toBeVisible();
  await expect(page.locator('tr[data-worker]')).toHaveCount(3);
}

function row(page: Page, id: string) {
  return page.locator(`tr[data-worker="${id}"]`);
}

async function expectAccessible(page: Page, where: string) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect(violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    innerWidth,
  ]);
  expect(content).toBe(window);
}

for (const { name, width, height } of [
  { name: '1440', width: 1440, height: 900 },
  { name: '390', width: 390, height: 844 },
]) {
  for (const theme of ['dark', 'light'] as const) {
    test(`should be accessible at ${name} px in the ${theme} theme`, async ({ page, target }) => {
      await page.setViewportSize({ width, height });
      await page.addInitScript((value) => localStorage.setItem('saker.theme', value), theme);
      await openWorkers(page, target);
      await expectAccessible(page, 'workers');
      await expect(page.getByText('DEMO', { exact: true }).first()).toBeInViewport();
      await screenshot(page, `workers-${theme}-${name}`);

      await row(page, 'other-1').getByRole('button', { name: 'Stop other-1' }).click();
      await expect(page.getByRole('dialog', { name: /Stop other-1/ })).toBeVisible();
      await expectAccessible(page, 'stop dialog');
      await screenshot(page, `worker-stop-${theme}-${name}`);
    });
  }
}

test('should be a click away on a screen and two on a phone', async ({ page, target }) => {
  await signIn(page, target);
  await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link', { name: 'Workers' })
    .click();
  await expect(page).toHaveURL(/\/ops\/workers$/);
  await expect(page.getByRole('link', { name: 'Workers' })).toHaveAttribute('aria-current', 'page');

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: /^User / }).click();
  await page.getByRole('menuitem', { name: 'Live' }).click();
  await expect(page).toHaveURL(/\/live/);
});

test('should show each worker with what it runs', async ({ page, target }) => {
  await openWorkers(page, target);

  await expect(page.getByRole('heading', { name: 'Workers (2 of 3 running)' })).toBeVisible();
  await expect(row(page, 'strategy-0')).toContainText('trend-follow EURUSD, mean-revert USDJPY');
  await expect(row(page, 'strategy-0')).toContainText('libsaker-framework.so 4.5.10');
  await expect(row(page, 'strategy-0').getByRole('button')).toHaveCount(0);
  await expect(row(page, 'other-1')).toContainText('508 MB');
  await expect(row(page, 'other-2')).toContainText('exit code 139 (SIGSEGV), 5 restarts in 10 min');
  await expect(row(page, 'other-2').getByRole('button', { name: 'Start other-2' })).toBeEnabled();
});

test('should restart a worker and follow it to the end', async ({ page, target }) => {
  await openWorkers(page, target);
  await target.fake?.('behave', { replyDelayMs: 1500 });
  await row(page, 'other-1').getByRole('button', { name: 'Restart other-1' }).click();
  const dialog = page.getByRole('dialog', { name: /Restart other-1/ });
  await dialog.getByLabel('Reason').fill('a new library');

  await dialog.getByRole('button', { name: 'Restart other-1' }).click();

  const outcome = dialog.locator('[data-outcome=good]');
  await expect(outcome).toContainText('Accepted by the engine. The worker is now: Restarting.');
  await screenshot(page, 'worker-restarting-1440');
  await expect(outcome).toContainText('The worker is now: Running.');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(row(page, 'other-1').locator('td:nth-child(7)')).toHaveText('3');
});

test('should stop a worker only with a word and a reason, and only once', async ({
  page,
  target,
}) => {
  await openWorkers(page, target);
  // A browser may try again by itself, with the same key.
  const before = (await target.fake?.('behave', { dropReply: 1_000 }))?.commands ?? 0;
  await row(page, 'other-1').getByRole('button', { name: 'Stop other-1' }).click();
  const dialog = page.getByRole('dialog', { name: /Stop other-1/ });
  const confirm = dialog.getByRole('button', { name: 'Stop other-1' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel('Reason').fill('it hangs');
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel('Type STOP to confirm').fill('STOP');

  await confirm.click();

  await expect(dialog.locator('[data-outcome=warn]')).toContainText('Unknown');
  await expect(row(page, 'other-1')).toContainText('Stopped');
  await target.fake?.('behave', { dropReply: 0 });
  await dialog.getByRole('button', { name: 'Ask again' }).click();
  await expect(dialog.locator('[data-outcome=good]')).toContainText('The worker is now: Stopped.');
  expect((await target.fake?.('behave', {}))?.commands).toBe(before + 1);
});

test('should show the refusal of the engine', async ({ page, target }) => {
  await openWorkers(page, target);
  await row(page, 'other-2').getByRole('button', { name: 'Start other-2' }).click();
  const dialog = page.getByRole('dialog', { name: /Start other-2/ });
  await target.fake?.('worker', { id: 'other-2', change: { state: 'RUNNING' } });

  await dialog.getByRole('button', { name: 'Start other-2' }).click();

  await expect(dialog.locator('[data-outcome=bad]')).toContainText(
    'Refused: not now: worker=other-2, state=RUNNING',
  );
});

test('should let only risk and admins act', async ({ page, target }) => {
  await openWorkers(page, target, target.viewer);

  for (const button of await page.locator('tr[data-worker]').getByRole('button').all()) {
    await expect(button).toBeDisabled();
    await expect(button).toHaveAttribute('title', 'Not allowed for the role viewer');
  }
});

test('should say on the live page why a strategy does not act', async ({ page, target }) => {
  await signIn(page, target);
  const breakout = page.locator('[data-instance="4"]');
  await expect(breakout).toContainText('Warming up');

  await target.fake?.('strategy', { id: '4', change: { status: 'RUNNING' } });
  await target.fake?.('worker', {
    id: 'other-1',
    change: { state: 'RESTARTING', detail: 'no heartbeat for 5 s' },
  });
  await expect(breakout).toContainText('Worker restarting');
  await expect(breakout).toContainText('no heartbeat for 5 s');

  await target.fake?.('strategy', { id: '1', change: { status: 'ERROR', detail: 'returned 5' } });
  await expect(page.locator('[data-instance="1"]')).toContainText('In ERROR');
  await expect(page.locator('[data-instance="1"]')).toContainText('returned 5');
  await screenshot(page, 'strategies-phases-1440');
});
