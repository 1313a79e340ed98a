import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, screenshot, signIn, type Target, test } from './fixtures';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function openLogs(page: Page, target: Target, who?: Target['viewer']): Promise<void> {
  await signIn(page, target, who);
  await page.goto(`${target.url}/ops/logs`);
  await expect(page.getByRole('heading', { name: 'Logs', exact: true })).toBeAttached();
}

function rows(page: Page) {
  return page.locator('tr.log-row');
}

for (const { name, width, height } of [
  { name: '1440', width: 1440, height: 900 },
  { name: '390', width: 390, height: 844 },
]) {
  for (const theme of ['dark', 'light'] as const) {
    test(`should be accessible at ${name} px in the ${theme} theme`, async ({ page, target }) => {
      await page.setViewportSize({ width, height });
      await page.addInitScript((value) => localStorage.setItem('saker.theme', value), theme);
      await openLogs(page, target);
      await expect(rows(page).first()).toContainText('worker given up');
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      const [content, window] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        innerWidth,
      ]);
      expect(content).toBe(window);
      await screenshot(page, `logs-${theme}-${name}`);
    });
  }
}

test('should follow a signal by its correlation, in the address', async ({ page, target }) => {
  await openLogs(page, target);

  await page.getByRole('button', { name: '4e2500000012' }).first().click();

  await expect(rows(page)).toHaveCount(4);
  await expect(rows(page).first()).toContainText('fill: OPEN EURUSD');
  await expect(rows(page).last()).toContainText('signal: EURUSD BUY');
  await expect(page).toHaveURL(/correlation=/);
  await page.reload();
  await expect(rows(page)).toHaveCount(4);
  await expect(page.getByLabel('Correlation')).toHaveValue('4e2500000012');
});

test('should lead from a closed trade to its log lines', async ({ page, target }) => {
  await signIn(page, target);
  await page.getByRole('tab', { name: 'Closed trades' }).click();

  await page.getByTitle('Its log lines').first().click();

  await expect(page).toHaveURL(/\/ops\/logs\?correlation=/);
  await expect(rows(page)).toHaveCount(4);
  await expect(rows(page).last()).toContainText('signal: EURUSD BUY');
});

test('should search by level, text and worker', async ({ page, target }) => {
  await openLogs(page, target);
  await expect(page.getByRole('heading', { name: 'Logs (200, the newest)' })).toBeVisible();
  await page.getByRole('button', { name: 'Show older' }).click();
  await expect(page.getByRole('heading', { name: 'Logs (260)' })).toBeVisible();

  await page.getByLabel('Level').selectOption('WARN and above');
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).last()).toContainText('<img src=x onerror=alert(1)> no heartbeat');
  await page.getByLabel('Worker').fill('other-1');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(rows(page)).toHaveCount(1);
  await page.getByLabel('Text').fill('nothing like it');
  await page.getByLabel('Text').press('Enter');
  await expect(page.getByText('No line of the last 24 hours is like that.')).toBeVisible();
});

test('should show logs to risk and admins only', async ({ page, target }) => {
  await openLogs(page, target, target.viewer);

  await expect(page.getByText('Not allowed for the role viewer')).toBeVisible();
  await expect(rows(page)).toHaveCount(0);
});
