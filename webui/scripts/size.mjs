/**
 * Fails when the first load of the inbox is above 30 kB gzipped: the HTML, and every script and
 * style sheet that it needs before the first list stands, imports of imports included.
 * With --if-built a page that was not built yet is passed over.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMIT = 30_000;
const DIST = fileURLToPath(new URL('../dist', import.meta.url));

if (process.argv.includes('--if-built') && !existsSync(join(DIST, 'index.html'))) {
  console.log('size: webui/dist is not built, not measured');
  process.exit(0);
}

const read = (path) => readFileSync(join(DIST, path));
const html = read('index.html').toString();
const needed = new Set();

/** Static imports only: what `import()` names is fetched when it is first needed. */
function visit(path) {
  if (needed.has(path)) return;
  needed.add(path);
  if (!path.endsWith('.js')) return;
  const code = read(path).toString();
  const imports = code.matchAll(/(?:\bfrom|\bimport)\s*["'](\.\/[^"']+)["']/g);
  for (const [, target] of imports) visit(join(dirname(path), target));
}

for (const [, path] of html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)) visit(path);
if (needed.size < 2) throw new Error('dist/index.html names no script and style sheet; run npm run build first');

const sizes = ['index.html', ...needed].map((path) => ({ path, bytes: gzipSync(read(path), { level: 9 }).length }));
const total = sizes.reduce((sum, entry) => sum + entry.bytes, 0);
for (const { path, bytes } of sizes) console.log(`${String(bytes).padStart(7)}  ${path}`);
console.log(`${String(total).padStart(7)}  first load of the inbox, gzipped (limit ${LIMIT})`);
if (total > LIMIT) {
  console.error('The first load of the inbox is too large: load what it does not need with import().');
  process.exit(1);
}
