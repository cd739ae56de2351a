import { defineConfig, type Plugin } from 'vite';

/**
 * form-js translates most of its texts through a service; these few are literals in its source.
 * Replacing them at build time keeps the page wholly Chinese.
 */
const FORM_LITERALS: ReadonlyArray<readonly [string, string]> = [
  ["placeholder: 'Search'", "placeholder: '搜索'"],
  ["children: valueLabel || 'Select'", "children: valueLabel || '请选择'"],
  ['children: "Browse"', 'children: "选择文件"'],
  ['`Remove list item ${itemIndex + 1}`', '`删除第 ${itemIndex + 1} 行`'],
];

function formLiterals(): Plugin {
  return {
    name: 'form-literals',
    transform(code, id) {
      if (!id.endsWith('form-js-viewer/dist/index.es.js')) return null;
      let result = code;
      for (const [literal, chinese] of FORM_LITERALS) {
        if (!result.includes(literal)) this.error(`form-js has no text ${literal} any more`);
        result = result.split(literal).join(chinese);
      }
      return { code: result, map: null };
    },
  };
}

export default defineConfig({
  plugins: [formLiterals()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'chrome86',
    cssTarget: 'chrome86',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  optimizeDeps: { include: ['preact', 'preact/hooks', '@preact/signals', 'bpmn-js/lib/NavigatedViewer'] },
});
