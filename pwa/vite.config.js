import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

/** Chunks that only some workers load carry their part's name, so that a size budget can tell them apart. */
function partOf(modules) {
  if (modules.length && modules.every((id) => id.includes('/features/desk/'))) return 'desk';
  if (modules.some((id) => /\/(zxing-wasm|barcode-detector)\//.test(id))) return 'zxing';
  return null;
}

export default defineConfig({
  base: '/app/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  define: { __BUILD__: JSON.stringify(version) },
  build: {
    target: 'chrome87',
    cssTarget: 'chrome87',
    // The page's policy allows no inline script and no data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: ({ moduleIds, name }) => `assets/${partOf(moduleIds) ?? name}-[hash].js`,
        assetFileNames: ({ names, originalFileNames }) => {
          const part = names.some((name) => name.startsWith('zxing')) ? 'zxing' : partOf(originalFileNames.map((id) => `/${id}`));
          return `assets/${part ?? '[name]'}-[hash][extname]`;
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://localhost:8000' } },
});
