import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pinnedNode, root } from './paths.mjs';
import { PlainError, step } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'];
const INSIDE = ['chrome-linux64/chrome', 'chrome-linux/chrome', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium', 'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing'];

const caches = () => [
  process.env.PLAYWRIGHT_BROWSERS_PATH,
  join(homedir(), '.cache/ms-playwright'),
  join(homedir(), 'Library/Caches/ms-playwright'),
];

function* candidates() {
  if (process.env.CHROMIUM_PATH) yield process.env.CHROMIUM_PATH;
  for (const folder of FOLDERS) for (const name of [...NAMES, 'chrome']) yield join(folder, name);
  yield '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  yield '/Applications/Chromium.app/Contents/MacOS/Chromium';
  for (const cache of caches()) {
    if (!cache || !existsSync(cache)) continue;
    for (const build of readdirSync(cache).filter((name) => name.startsWith('chromium-')).sort().reverse()) {
      for (const inside of INSIDE) yield join(cache, build, inside);
    }
  }
}

/** A file is not enough: a browser whose libraries are missing is there and does not start. */
const works = (file) => existsSync(file) && spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0;

const find = () => [...candidates()].find(works);

const attempt = (command, args, timeout) => {
  spawnSync(command, args, { cwd: root, stdio: 'ignore', timeout, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
};

const isDebianRoot = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** The path of a Chromium that runs, installed when there is none; a plain error when none can be had. */
export async function findChromium() {
  const present = find();
  if (present) return present;
  await step('Installing a Chromium for the end-to-end tests', async () => {
    attempt(pinnedNode, ['node_modules/playwright-core/cli.js', 'install', 'chromium', '--no-shell'], 300_000);
    // Playwright's build may be there and yet lack libraries of the system; Debian's package brings its own.
    if (find() || !isDebianRoot()) return;
    attempt('apt-get', ['update', '-q'], 300_000);
    attempt('apt-get', ['install', '-yq', '--no-install-recommends', 'chromium'], 900_000);
  });
  const installed = find();
  if (installed) return installed;
  throw new PlainError('No Chromium was found, and none could be installed. Install Chromium or Google Chrome, or name one: CHROMIUM_PATH=/path/to/chrome npm test');
}
