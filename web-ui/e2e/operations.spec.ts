import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, screenshot, signIn, test } from './fixtures';

/** Against an engine with two child processes, default-1 and default-2. */

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function expectGood(page: Page, where: string) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect(violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    innerWidth,
  ]);
  expect(content).toBe(window);
}

function worker(page: Page, id: string) {
  return page.locator(`tr[data-worker="${id}"]`);
}

for (const { theme, name, width, height } of [
  { theme: 'dark', name: '1440', width: 1440, height: 900 },
  { theme: 'light', name: '390', width: 390, height: 844 },
]) {
  test(`should show workers and logs at ${name} px`, async ({ page, target }) => {
    await page.setViewportSize({ width, height });
    await page.addInitScript((value) => localStorage.setItem('saker.theme', value), theme);
    await signIn(page, target);

    await page.goto(`${target.url}/ops/workers`);
    await expect(page.getByRole('heading', { name: 'Workers (2 of 2 running)' })).toBeVisible();
    await expectGood(page, 'workers');
    await screenshot(page, `workers-${theme}-${name}`);

    await page.goto(`${target.url}/ops/logs`);
    await expect(page.locator('tr.log-row').first()).toBeVisible();
    await expectGood(page, 'logs');
    await screenshot(page, `logs-${theme}-${name}`);
  });
}

test('should restart a child process and find it in the logs', async ({ page, target }) => {
  await signIn(page, target);
  await page.goto(`${target.url}/ops/workers`);
  await worker(page, 'default-1').getByRole('button', { name: 'Restart default-1' }).click();
  const dialog = page.getByRole('dialog', { name: /Restart default-1/ });
  await dialog.getByLabel('Reason').fill('a browser test');

  await dialog.getByRole('button', { name: 'Restart default-1' }).click();

  await expect(dialog.locator('[data-outcome=good]')).toContainText('The worker is now: Running.', {
    timeout: 60_000,
  });
  await screenshot(page, 'worker-restarted-1440');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('heading', { name: 'Workers (2 of 2 running)' })).toBeVisible();

  await page.goto(`${target.url}/ops/logs`);
  await page.getByLabel('Worker').fill('default-1');
  await page.getByLabel('Text').fill('worker started');
  await page.getByLabel('Text').press('Enter');
  const lines = page.locator('tr.log-row');
  await expect(lines).toHaveCount(2);
  await expect(lines.first()).toContainText('worker started: id=default-1');
});
