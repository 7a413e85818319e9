// Bundles the simulation with the app's own code: node build.mjs OUT_FOLDER [ENTRY] leaves main.mjs (ENTRY.mjs) there.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const pwa = fileURLToPath(new URL('../../', import.meta.url));
const { build } = await import(pathToFileURL(createRequire(join(pwa, 'package.json')).resolve('vite')).href);
const [folder, entry = 'main'] = process.argv.slice(2);
await build({
  root: pwa,
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    minify: false,
    target: 'node20',
    outDir: folder,
    rollupOptions: { input: fileURLToPath(new URL(`${entry}.ts`, import.meta.url)), output: { entryFileNames: `${entry}.mjs`, inlineDynamicImports: true } },
  },
});
