/**
 * The page while it is being built.
 *
 *   node dev/server.mjs                     source files through Vite, sample data
 *   node dev/server.mjs --dist              the built page under the strict policy of production, sample data
 *   node dev/server.mjs --api http://127.0.0.1:8000 [--dist]      with a real server's /api
 *   --port 5173
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { handleApi } from './mock/routes.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

function option(name, fallback) {
  const position = process.argv.indexOf(name);
  return position < 0 ? fallback : process.argv[position + 1];
}

const port = Number(option('--port', '5173'));
const api = option('--api', null);
const dist = process.argv.includes('--dist');

function proxy(incoming, outgoing) {
  const target = new URL(incoming.url, api);
  const headers = { ...incoming.headers, host: target.host };
  const forwarded = httpRequest(target, { method: incoming.method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  forwarded.on('error', (error) => {
    outgoing.writeHead(502, { 'Content-Type': 'text/plain; charset=utf-8' });
    outgoing.end(String(error));
  });
  incoming.pipe(forwarded);
}

async function serveBuilt(incoming, outgoing) {
  const { pathname } = new URL(incoming.url, 'http://localhost');
  const relative = normalize(decodeURIComponent(pathname)).replace(/^([/\\]|\.\.)+/, '');
  const file = join(ROOT, 'dist', relative || 'index.html');
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) {
    outgoing.writeHead(404);
    outgoing.end();
    return;
  }
  outgoing.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
  });
  createReadStream(file).pipe(outgoing);
}

async function serveSource() {
  const { createServer: createVite } = await import('vite');
  const vite = await createVite({ root: ROOT, server: { middlewareMode: true }, appType: 'spa' });
  return (incoming, outgoing) => vite.middlewares(incoming, outgoing);
}

const servePage = dist ? serveBuilt : await serveSource();

createServer((incoming, outgoing) => {
  if (!incoming.url.startsWith('/api/')) return servePage(incoming, outgoing);
  return api ? proxy(incoming, outgoing) : handleApi(incoming, outgoing);
}).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`));
