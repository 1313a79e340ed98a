import { defineConfig } from '@playwright/test';
import { launchOptions } from './browser';

/** Against a running engine: SAKER_URL names it, SAKER_E2E_PASSWORD opens it. */
export default defineConfig({
  testDir: '.',
  testMatch: /(live|access|operations)\.spec\.ts/,
  outputDir: '../target/e2e-results',
  workers: 1,
  timeout: 180_000, // axe is slow on a loaded machine without a GPU
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: await launchOptions(),
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    reducedMotion: 'reduce',
  },
});
