import { parseArgs } from 'node:util';
import { demoHistory } from './demo-history.js';

/** `node print-history.js --seed S --from T --to T`: the demo history as JSON lines on standard output, ready for `orderwatch import -`. */
const { values } = parseArgs({ options: { seed: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } } });
const from = Date.parse(values.from ?? '');
const to = Date.parse(values.to ?? '');
if (!values.seed || Number.isNaN(from) || Number.isNaN(to) || from >= to) {
  process.stderr.write('usage: print-history --seed TEXT --from TIME --to TIME\n');
  process.exit(2);
}
process.stdout.on('error', () => process.exit(1));
for (const event of demoHistory({ seed: values.seed, from, to })) {
  if (!process.stdout.write(`${JSON.stringify(event)}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}
