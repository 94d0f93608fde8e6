// Jest as every script here runs it: pinned Node, ESM, and a real PostgreSQL of its own (unless TEST_DATABASE_URL names one).
//   node tools/jest.mjs --selectProjects db -t 'inbox'
import { build } from './lib/build.mjs';
import { runJest, stopTools } from './lib/run.mjs';
import { main, sayOnStandardError } from './lib/say.mjs';
import { withTestDatabase } from './lib/test-database.mjs';

sayOnStandardError();
await main(async () => {
  await build({ names: ['db'] });
  const { code } = await withTestDatabase(stopTools, (env) => runJest(process.argv.slice(2), env));
  process.exit(code);
});
