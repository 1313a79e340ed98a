import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const TARGET = fileURLToPath(new URL('../target/', import.meta.url));

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];

/**
 * A Chromium that npm brings along, unpacked below target/; SAKER_BROWSER names another. The
 * package's own arguments would switch web security off, so ours are used.
 */
export async function launchOptions() {
  const own = process.env.SAKER_BROWSER;
  if (own) {
    return { executablePath: own, args: ARGS };
  }
  const directory = join(TARGET, 'browser');
  mkdirSync(directory, { recursive: true });
  process.env.TMPDIR = directory;
  process.env.FONTCONFIG_PATH = writeFontConfig(directory);
  // It then brings libnss3 and libnspr4, too, which a bare machine lacks.
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  return { executablePath: await chromium.executablePath(), args: ARGS };
}

/** The package's own configuration looks for its fonts in /tmp; without any the browser aborts. */
function writeFontConfig(directory: string): string {
  const configuration = join(directory, 'fontconfig');
  mkdirSync(configuration, { recursive: true });
  writeFileSync(
    join(configuration, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(directory, 'fonts')}</dir>
  <cachedir>${join(directory, 'fonts-cache')}</cachedir>
</fontconfig>
`,
  );
  return configuration;
}
