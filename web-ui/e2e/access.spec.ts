import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { confirmOrder, expect, openOrderDialog, screenshot, signIn, test } from './fixtures';

const SIZES = [
  { name: '1440', width: 1440, height: 900 },
  { name: '390', width: 390, height: 844 },
] as const;

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function expectAccessible(page: Page, where: string) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${where}: ${id}: ${nodes.map((node) => node.html).join(' | ')}`);
  expect(grave).toEqual([]);
}

async function expectNoSideScroll(page: Page) {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    innerWidth,
  ]);
  expect(content).toBe(window);
}

for (const { name, width, height } of SIZES) {
  for (const theme of ['dark', 'light'] as const) {
    test(`should be accessible at ${name} px in the ${theme} theme`, async ({ page, target }) => {
      await page.setViewportSize({ width, height });
      await page.addInitScript((value) => localStorage.setItem('saker.theme', value), theme);
      await page.goto(`${target.url}/login`);
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
      await expectAccessible(page, 'login');
      await screenshot(page, `login-${theme}-${name}`);

      await signIn(page, target);
      await expect(page.locator('[data-area=chart] canvas').first()).toBeVisible();
      await expect(page.locator('[data-area=equity]')).not.toHaveAttribute('data-state', 'loading');
      await expectAccessible(page, 'live');
      await expectNoSideScroll(page);
      await expect(page.getByText('DEMO', { exact: true }).first()).toBeInViewport();
      await screenshot(page, `live-${theme}-${name}`, name === '390');

      const dialog = await openOrderDialog(page);
      await expect(dialog.getByRole('button', { name: /^Buy \d/ })).toBeEnabled();
      await expectAccessible(page, 'order dialog');
      await expectNoSideScroll(page);
      await expect(dialog.getByText('DEMO', { exact: true })).toBeInViewport();
      await screenshot(page, `order-${theme}-${name}`);
      await page.keyboard.press('Escape');

      for (const tab of ['Orders', 'Closed trades']) {
        await page.getByRole('tab', { name: tab }).click();
        await expect(page.locator('[data-area=trades]')).toHaveAttribute(
          'data-state',
          /ready|empty/,
        );
        await expectAccessible(page, tab);
        await expectNoSideScroll(page);
        await screenshot(page, `${tab.toLowerCase().replace(' ', '-')}-${theme}-${name}`);
      }

      await page.getByRole('button', { name: 'Flatten' }).click();
      await expectAccessible(page, 'flatten dialog');
      await screenshot(page, `flatten-${theme}-${name}`);
    });
  }
}

test('should give a thumb room for trade actions', async ({ page, target }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, target);
  const buttons = [
    page.getByRole('button', { name: 'Halt', exact: true }),
    page.getByRole('button', { name: 'Order', exact: true }),
    ...(await page.getByRole('button', { name: /^(Close|Disable|Enable) / }).all()),
  ];
  for (const button of buttons) {
    const box = await button.boundingBox();
    expect(Math.round(box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    expect(Math.round(box?.width ?? 0)).toBeGreaterThanOrEqual(44);
  }
});

async function openPosition(page: Page): Promise<void> {
  const dialog = await openOrderDialog(page);
  await dialog.getByLabel('Volume, lots').fill('0.01');
  await confirmOrder(page);
  await expect(dialog.locator('[data-outcome=good]')).toContainText('Filled');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.locator('tr[data-ticket]', { hasText: 'by hand' }).first()).toBeVisible();
}

test('should let the keyboard reach everything and return focus', async ({ page, target }) => {
  await signIn(page, target);
  await openPosition(page); // Strategies may have none open now.
  await page.locator('body').click({ position: { x: 1, y: 1 } });
  const reached: string[] = [];
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const { outside, label, outline } = await page.evaluate(() => {
      const focus = document.activeElement as HTMLElement;
      return {
        // Past the last control the focus is with the browser itself.
        outside: focus === document.body,
        label: (focus.getAttribute('aria-label') ?? focus.innerText).slice(0, 60),
        outline: getComputedStyle(focus).outlineStyle,
      };
    });
    if (outside) {
      continue;
    }
    expect(outline, `focus is seen on ${label}`).not.toBe('none');
    reached.push(label);
  }
  for (const wanted of [
    /^Halt$/,
    /^Flatten$/,
    /^New order$/,
    /in the chart/,
    /candles/,
    /^Close/,
  ]) {
    expect(
      reached.some((label) => wanted.test(label)),
      `reached ${wanted}`,
    ).toBe(true);
  }

  await page.getByRole('button', { name: 'New order' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /New order/ });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press('Tab');
    const inside = await dialog.evaluate((element) => element.contains(document.activeElement));
    expect(inside).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'New order' })).toBeFocused();
});

test('should show the keys on a question mark', async ({ page, target }) => {
  await signIn(page, target);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
});
