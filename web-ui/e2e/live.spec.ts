import {
  confirmOrder,
  expect,
  openOrderDialog,
  screenshot,
  signIn,
  test,
  tickets,
} from './fixtures';

test('should show live prices that move', async ({ page, target }) => {
  await signIn(page, target);
  const bids = page.getByRole('table', { name: 'Watch list' }).locator('tbody td:nth-child(2)');
  const before = await bids.allInnerTexts();

  await expect.poll(() => bids.allInnerTexts()).not.toEqual(before);
  await expect(page.getByText('DEMO', { exact: true }).first()).toBeInViewport();
  await expect(page.locator('[data-area=chart] canvas').first()).toBeVisible();
});

test('should keep symbol and timeframe in the address', async ({ page, target }) => {
  await signIn(page, target);
  const symbols = page.getByRole('button', { name: /in the chart/ });
  const second = page.getByRole('table', { name: 'Watch list' }).getByRole('button').last();
  const symbol = (await second.innerText()).trim();

  await second.click();
  await page.getByRole('button', { name: 'M5', exact: true }).click();

  await expect(page).toHaveURL(new RegExp(`symbol=${symbol}`));
  await expect(page).toHaveURL(/tf=M5/);
  await page.reload();
  await expect(page.getByRole('heading', { name: symbol })).toBeVisible();
  await expect(symbols.first()).toBeVisible();
});

test('should open an order by hand, show the position and close it', async ({ page, target }) => {
  await signIn(page, target);
  await expect(page.locator('[data-area=trades]')).not.toHaveAttribute('data-state', 'loading');
  const before = new Set(await tickets(page));

  const dialog = await openOrderDialog(page);
  await dialog.getByLabel('Volume, lots').fill('0.01');
  await confirmOrder(page);
  await expect(dialog.locator('[data-outcome=good]')).toContainText('Filled');
  await screenshot(page, 'order-filled-1440');
  await dialog.getByRole('button', { name: 'Done' }).click();

  const opened = async () => (await tickets(page)).filter((ticket) => !before.has(ticket));
  await expect.poll(async () => (await opened()).length).toBeGreaterThan(0);
  const byHand = page.locator('tr[data-ticket]', { hasText: 'by hand' }).last();
  const ticket = await byHand.getAttribute('data-ticket');
  await byHand.getByRole('button', { name: /^Close/ }).click();
  const close = page.getByRole('dialog', { name: /Close position/ });
  await close.getByRole('button', { name: /^Close 0\.01/ }).click();

  await expect(close.locator('[data-outcome=good]')).toContainText('Filled');
  await close.getByRole('button', { name: 'Done' }).click();
  await expect(page.locator(`tr[data-ticket="${ticket}"]`)).toHaveCount(0);
});

test('should disable a strategy and enable it again', async ({ page, target }) => {
  await signIn(page, target);
  const enabled = page.locator('li[data-instance]', {
    has: page.getByRole('button', { name: /^Disable/, disabled: false }),
  });
  const instance = await enabled.first().getAttribute('data-instance');
  const item = page.locator(`li[data-instance="${instance}"]`);

  await item.getByRole('button', { name: /^Disable/ }).click();
  await expect(item.getByRole('button', { name: /^Enable/ })).toBeEnabled();
  await item.getByRole('button', { name: /^Enable/ }).click();

  await expect(item.getByRole('button', { name: /^Disable/ })).toBeEnabled();
});

test('should halt only with a word and a reason, and resume', async ({ page, target }) => {
  await signIn(page, target);
  await page.getByRole('button', { name: 'Halt', exact: true }).click();
  const halt = page.getByRole('dialog', { name: /Halt trading/ });
  const confirm = halt.getByRole('button', { name: 'Halt trading' });
  await expect(halt.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(confirm).toBeDisabled();

  await halt.getByLabel('Reason').fill('browser test');
  await halt.getByLabel('Type HALT to confirm').fill('halt');
  await page.keyboard.press('Enter');
  await expect(confirm).toBeDisabled();
  await halt.getByLabel('Type HALT to confirm').fill('HALT');
  await page.keyboard.press('Enter');
  await expect(halt.locator('[data-outcome]')).toHaveCount(0);
  await confirm.click();
  await expect(halt.locator('[data-outcome=good]')).toBeVisible();
  await halt.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByTestId('engine')).toContainText('Halted');
  await screenshot(page, 'halted-1440');

  await page.getByRole('button', { name: 'Resume' }).click();
  const resume = page.getByRole('dialog', { name: /Resume trading/ });
  await resume.getByLabel('Reason').fill('browser test is over');
  await resume.getByLabel('Type RESUME to confirm').fill('RESUME');
  await resume.getByRole('button', { name: 'Resume trading' }).click();
  await expect(resume.locator('[data-outcome=good]')).toBeVisible();
  await resume.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByTestId('engine')).toContainText('Running');
});

test('should send one command however often confirm is pressed', async ({ page, target }) => {
  await signIn(page, target);
  const keys: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/api/trade')) {
      keys.push(request.headers()['idempotency-key'] ?? '');
    }
  });
  const dialog = await openOrderDialog(page);
  await dialog.getByLabel('Volume, lots').fill('0.01');
  const confirm = dialog.getByRole('button', { name: /^Buy 0\.01/ });
  await expect(confirm).toBeEnabled();

  await confirm.dblclick();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');

  await expect(dialog.locator('[data-outcome=good]')).toContainText('Filled');
  expect(keys).toHaveLength(1);
  await dialog.getByRole('button', { name: 'Done' }).click();
  const row = page.locator('tr[data-ticket]', { hasText: 'by hand' }).last();
  await row.getByRole('button', { name: /^Close/ }).click();
  const close = page.getByRole('dialog', { name: /Close position/ });
  await close.getByRole('button', { name: /^Close 0\.01/ }).dblclick();
  await expect(close.locator('[data-outcome=good]')).toContainText('Filled');
});

test('should send nothing by any single key', async ({ page, target }) => {
  await signIn(page, target);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' && !request.url().includes('/api/auth/')) {
      sent.push(request.url());
    }
  });

  for (const key of 'abcdefghijklmnopqrstuvwxyz0123456789?/.,+-') {
    await page.keyboard.press(key);
  }
  for (const key of ['Enter', 'Space', 'Delete', 'Backspace', 'F9', 'ArrowDown', 'Escape']) {
    await page.keyboard.press(key);
  }

  expect(sent).toEqual([]);
});

test('should keep no token where a script or a log could find it', async ({ page, target }) => {
  const logged: string[] = [];
  page.on('console', (message) => logged.push(message.text()));
  const urls: string[] = [];
  page.on('request', (request) => urls.push(request.url()));
  page.on('websocket', (socket) => urls.push(socket.url()));
  let token = '';
  page.on('response', async (response) => {
    if (response.url().endsWith('/api/auth/login')) {
      token = ((await response.json()) as { accessToken: string }).accessToken;
    }
  });

  await signIn(page, target);

  expect(token).not.toBe('');
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]),
  );
  for (const text of [stored, ...logged, ...urls]) {
    expect(text).not.toContain(token);
  }
});

test('should give a viewer no enabled trading control', async ({ page, target }) => {
  test.skip(target.viewer === null, 'no viewer is configured');
  await signIn(page, target, target.viewer);

  await expect(page.getByRole('button', { name: 'New order' })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Halt', exact: true })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Flatten' })).toBeDisabled();
  for (const name of [/^Close /, /^Disable /, /^Enable /, /^Change stop/]) {
    for (const button of await page.getByRole('button', { name }).all()) {
      await expect(button).toBeDisabled();
    }
  }
  await page.keyboard.press('Alt+o');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('should end the session on signing out', async ({ page, target }) => {
  await signIn(page, target);

  await page.getByRole('button', { name: /^User / }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();

  await expect(page).toHaveURL(/\/login/);
  await page.goto(`${target.url}/live`);
  await expect(page).toHaveURL(/\/login/);
});

test('should break no rule of the Content-Security-Policy', async ({ page, target }) => {
  const broken: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) {
      broken.push(message.text());
    }
  });
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).host));

  await signIn(page, target);
  await openOrderDialog(page);

  expect(broken).toEqual([]);
  expect([...hosts]).toEqual([new URL(target.url).host]);
});
