import { defineConfig } from '@playwright/test';
import base from './playwright.config';

/** Against the scripted engine, which each test starts for itself: every spec runs. */
export default defineConfig(base, {
  testMatch: /.*\.spec\.ts/,
  testIgnore: /operations\.spec\.ts/, // It wants children of a real engine.
});
