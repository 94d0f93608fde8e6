import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir, root } from './paths.mjs';
import { PlainError } from './say.mjs';

/** Reads a private file of the data dir, or makes it. `wx`: of two starters, one makes it and both read the same. */
function kept(name, make) {
  const file = join(dataDir, name);
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(file)) {
    try {
      writeFileSync(file, make(), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(file, 'utf8').trim();
}

const random = (encoding = 'base64') => randomBytes(32).toString(encoding);

/** The environment of the server and of the command line: what the person set, and the contract's defaults for the rest. */
export function baseEnvironment() {
  const { DATABASE_URL, NODE_ENV, ORDERWATCH_DEMO, ORDERWATCH_SECRET, PORT } = process.env;
  if (DATABASE_URL && NODE_ENV === 'production' && !ORDERWATCH_SECRET) {
    throw new PlainError('ORDERWATCH_SECRET is required with a DATABASE_URL of your own in production.\nMake one:  node -e "console.log(require(\'crypto\').randomBytes(32).toString(\'base64\'))"');
  }
  return {
    ...process.env,
    NODE_ENV: NODE_ENV || 'production',
    PORT: PORT || '3000',
    ORDERWATCH_DATA_DIR: dataDir,
    ORDERWATCH_DEMO: ORDERWATCH_DEMO || (DATABASE_URL ? '0' : '1'),
    ORDERWATCH_SECRET: ORDERWATCH_SECRET || kept('secret', random),
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node-compile'),
  };
}

/** The synthetic store's connections: the server and the simulator must know the same secrets. */
export function demoEnvironment(simulatorPort) {
  const secrets = JSON.parse(
    kept('demo-secrets.json', () =>
      JSON.stringify({
        ORDERWATCH_EVENTS_SECRET: `whsec_${random()}`,
        ORDERWATCH_SHOPIFY_SECRET: random('hex'),
        ORDERWATCH_EASYPOST_SECRET: random('hex'),
        ORDERWATCH_SHOPIFY_TOKEN: `demo_${random('hex')}`,
      }),
    ),
  );
  const defaults = { ...secrets, ORDERWATCH_SHOPIFY_SHOP: 'demo-store.myshopify.com', ORDERWATCH_SHOPIFY_API_URL: `http://127.0.0.1:${simulatorPort}` };
  return Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, process.env[name] || value]));
}
