// Runs `npm ci` only where node_modules does not match package-lock.json, so that a rebuild is quick.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const STAMP = 'node_modules/.lock-hash';

const lockHash = createHash('sha256')
  .update(readFileSync('package-lock.json'))
  .update(process.version)
  .digest('hex');

const installed = existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : '';
if (installed === lockHash) {
  console.log('node_modules matches package-lock.json');
} else {
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { stdio: 'inherit' });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
  writeFileSync(STAMP, lockHash);
}
