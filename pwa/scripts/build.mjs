// Builds the page, then the service worker with the list of the page's files and their hashes.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const base = '/app/';
const worker = join(root, 'src', 'sw', 'index.ts');

/** Every file below `folder`, sorted, so that the same sources give the same list. */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** The phone's files; the desk has a network and its parts would only fill the phone. */
function precacheList() {
  return filesBelow(dist)
    .filter((file) => !/(^|[\\/])(desk-[^\\/]*|sw\.js|killswitch\.js|[^\\/]*\.map)$/.test(file))
    .map((file) => {
      const content = readFileSync(file);
      const sha256 = createHash('sha256').update(content).digest('base64url');
      return { url: base + relative(dist, file).split(sep).join('/'), sha256, bytes: content.length };
    });
}

async function buildWorker(list) {
  const name = createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 12);
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { __PRECACHE__: JSON.stringify(list), __BUILD__: JSON.stringify(name) },
    build: {
      target: 'chrome87',
      outDir: dist,
      emptyOutDir: false,
      modulePreload: false,
      rollupOptions: { input: worker, output: { format: 'iife', entryFileNames: 'sw.js' } },
    },
  });
}

await build({ root, logLevel: 'warn' });
const list = precacheList();
if (existsSync(worker)) await buildWorker(list);
else throw new Error(`no service worker at ${relative(root, worker)}: without it the app does not open offline`);
// Squeezed harder than a server would have the time for; it sends these to whoever takes them. The name says of which bytes, so
// that a file put in another's place (the kill switch) is never answered with what was there before.
for (const file of filesBelow(dist).filter((name) => /\.(js|css|html|webmanifest|wasm)$/.test(name))) {
  const content = readFileSync(file);
  writeFileSync(`${file}.${createHash('sha256').update(content).digest('hex').slice(0, 12)}.br`, brotliCompressSync(content));
}
const bytes = list.reduce((sum, file) => sum + file.bytes, 0);
console.log(`built ${list.length} files for the phone, ${Math.round(bytes / 1024)} KB before compression`);
