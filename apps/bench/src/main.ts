import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '@orderwatch/rig';
import { measures } from './measures/index.js';
import { type Row, rowOf, table } from './report.js';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { pairs: { type: 'string', default: '5' }, quick: { type: 'boolean', default: false } } });
const unknown = positionals.find((id) => !measures.some((measure) => measure.id === id));
if (unknown !== undefined) {
  console.error(`There is no measure ${unknown}; there are ${measures.map((measure) => measure.id).join(', ')}.`);
  process.exit(2);
}

const rows: Row[] = [];
const failed: string[] = [];
const started = new Date();

function keep(): string {
  const folder = join(ROOT, 'bench/results');
  mkdirSync(folder, { recursive: true });
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  const file = join(folder, `${started.toISOString().replaceAll(/[:.]/g, '-')}.json`);
  const text = JSON.stringify({ at: started.toISOString(), commit, node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model, memoryBytes: totalmem(), load: loadavg(), pairs: Number(values.pairs), quick: values.quick, rows, failed }, null, 2);
  writeFileSync(file, text);
  writeFileSync(join(folder, 'latest.json'), text);
  return file;
}

for (const measure of measures.filter(({ id }) => positionals.length === 0 || positionals.includes(id))) {
  console.error(`\n${measure.id} ${measure.title}`);
  const since = Date.now();
  try {
    const lines = await measure.run({ pairs: values.quick ? 1 : Number(values.pairs), isQuick: values.quick, say: (text) => console.error(`  ${text}`) });
    const measured = lines.map(rowOf);
    rows.push(...measured);
    console.error(table(measured));
  } catch (error) {
    failed.push(measure.id);
    console.error(error instanceof Error ? error.stack : error);
  }
  console.error(`  ${((Date.now() - since) / 1000).toFixed(0)} s`);
  keep();
}

console.log(`\n${table(rows)}\n`);
console.log(`${keep()}${failed.length > 0 ? `\nNot measured, because it failed: ${failed.join(', ')}` : ''}`);
process.exit(failed.length > 0 ? 1 : 0);
