// How many bytes the dashboard may weigh on the wire, gzipped. Which files a route needs is read from the manifest of the build.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const dist = 'apps/web/dist';
const manifest = JSON.parse(readFileSync(join(import.meta.dirname, dist, '.vite/manifest.json'), 'utf8'));
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);

/** Files that come without a second question: what a chunk imports at its beginning, and what those import. */
const filesOf = (key, kind, seen = new Set()) => {
  if (seen.has(key)) return [];
  seen.add(key);
  const chunk = manifest[key];
  if (!chunk) throw new Error(`The build has no ${key}`);
  const own = kind === 'css' ? (chunk.css ?? []) : [chunk.file];
  return [...new Set([...own, ...(chunk.imports ?? []).flatMap((other) => filesOf(other, kind, seen))])];
};

const paths = (files) => files.map((file) => `${dist}/${file}`);
const first = new Set(filesOf(entry, 'js'));
const lazy = (key) => filesOf(key, 'js').filter((file) => !first.has(file));
const page = (name) => Object.keys(manifest).find((key) => key.endsWith(`/${name}.page.tsx`));
const texts = (name) => Object.keys(manifest).find((key) => key.endsWith(`/i18n/en/${name}.ts`));
const queue = page('queue');
const queueTexts = texts('queue');
// Everything whose code draws charts stands in chunks of its own below libs/ui's charts.
const isChart = (file) => /status-bars|charts?-/.test(file);

const routes = Object.keys(manifest).filter((key) => /\.page\.tsx$/.test(key) && manifest[key].isDynamicEntry && key !== queue);

export default [
  { name: 'first queue route, JavaScript', path: paths([...new Set([...first, ...lazy(queue), ...(queueTexts ? lazy(queueTexts) : [])])]), gzip: true, limit: '300 kB' },
  { name: 'first queue route, CSS', path: paths([...new Set([...filesOf(entry, 'css'), ...filesOf(queue, 'css')])]), gzip: true, limit: '35 kB' },
  ...routes.map((key) => ({ name: `route ${key.split('/').at(-1).replace('.page.tsx', '')}`, path: paths(lazy(key).filter((file) => !isChart(file))), gzip: true, limit: '60 kB' })),
  { name: 'charts', path: paths([...new Set(routes.flatMap(lazy))].filter(isChart)), gzip: true, limit: '135 kB' },
  ...['app/palette/palette.tsx', 'app/activity/tray.tsx', 'app/keys-sheet.tsx'].map((file) => {
    const key = `src/${file}`;
    return { name: `layer ${file.split('/').at(-1).replace('.tsx', '')}`, path: paths(lazy(key)), gzip: true, limit: '20 kB' };
  }),
];
