// Bundles the simulation with the app's own code: node build.mjs OUT_FOLDER leaves main.mjs there.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const pwa = fileURLToPath(new URL('../../', import.meta.url));
const { build } = await import(pathToFileURL(createRequire(join(pwa, 'package.json')).resolve('vite')).href);
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
    outDir: process.argv[2],
    rollupOptions: { input: fileURLToPath(new URL('main.ts', import.meta.url)), output: { entryFileNames: 'main.mjs' } },
  },
});
