/** node bundle.mjs WEBUI ENTRY OUTPUT: bundles ENTRY with the packages that the page in WEBUI has installed. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [webui, entry, output] = process.argv.slice(2);
const require = createRequire(join(webui, 'package.json'));
const { build } = await import(pathToFileURL(join(webui, 'node_modules/vite/dist/node/index.js')).href);
await build({
  root: webui,
  configFile: false,
  logLevel: 'error',
  resolve: { alias: { '@bpmn-io/form-js-viewer': require.resolve('@bpmn-io/form-js-viewer').replace('index.cjs', 'index.es.js') } },
  build: { write: true, outDir: output, emptyOutDir: false, minify: false, lib: { entry, formats: ['es'], fileName: () => 'viewer.js' } },
});
