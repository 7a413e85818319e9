import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { englishApart } from './scripts/english.mjs';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

/** Chunks that only some workers load carry their part's name, so that a size budget can tell them apart. */
function partOf(modules) {
  if (modules.length && modules.every((id) => id.includes('/features/desk/'))) return 'desk';
  if (modules.some((id) => /\/zxing-wasm\//.test(id))) return 'zxing';
  return null;
}

/**
 * A few files compress better than thirty; all of them are fetched on the first day. What the first screen needs stays
 * out, Today's list comes with the store and before the other pages, and what is not of every day stands by itself: the first day itself
 * (`enter`), settings, practice, adding, moving and correcting (`seldom`), the rarer forms, the scanner, what was begun and is not ended (`clinic`).
 */
const PARTS = [
  // Whoever reads Chinese never fetches it but into the precache.
  { name: 'english', test: /[\\/]src[\\/]i18n[\\/]english\./ },
  // The scanner's pages come with the decoder: whoever never scans reads neither.
  { name: 'zxing', test: /[\\/](node_modules[\\/]zxing-wasm|src[\\/](features[\\/]scan|rules[\\/]card))[\\/.]/ },
  // What adds her bag up at a hand-out; the pages of the bag, and what reads a document's code.
  { name: 'stock', test: /[\\/]src[\\/](features[\\/]visit[\\/]Lots|rules[\\/]stock\.|generated[\\/]stock|ui[\\/](bag|booked|carried|lots)\.)/ },
  { name: 'bag', test: /[\\/]src[\\/](features[\\/]bag[\\/]|rules[\\/]document\.)/ },
  { name: 'forms', test: /[\\/]src[\\/](generated[\\/]forms|features[\\/](record[\\/]|visit[\\/](Screen|screen)))/ },
  { name: 'clinic', test: /[\\/]src[\\/](features[\\/](work[\\/]|unlock[\\/](Closed|closedWords))|sync[\\/]jotting)/ },
  // What tries her digits: wanted from the second start on.
  { name: 'unlock', test: /[\\/]src[\\/](sync|store)[\\/]unlocking/ },
  // What asks for the phone's own lock: read in the settings, and beside her digits by who has added it.
  { name: 'guard', test: /[\\/]src[\\/](sync[\\/](phonelock|guarding)|features[\\/]settings[\\/]PhoneLock)/ },
  { name: 'enter', test: /[\\/]src[\\/](features[\\/](signin[\\/](?!Blocked|blocked)|unlock[\\/](SetPin|pinWords))|sync[\\/](entering|mark)|store[\\/](pins|locksmith))/ },
  { name: 'seldom', test: /[\\/]src[\\/](features[\\/](settings|practice|people[\\/](New|Edit|Door|Move|Fields|fields|Where|place|likely|LikelyOnes)|person[\\/](RecordSheet|Amend|Void|Trail|answer|Phone|Pregnancy|Reason|sheetWords)|sync[\\/](Parked|asks)|visit[\\/](Ask|askWords|useAloud))|sync[\\/](practice|repair|scans|leaving|obeying|pin\.)|ui[\\/](away|changeSheet|reasons|pen|strokes|yes)|rules[\\/](idnumber|episodes))/ },
  { name: 'first', test: /[\\/](node_modules[\\/](preact|@preact)[\\/]|src[\\/](main|boot|router|porch|locking|clock|installing|practising|features[\\/](unlock[\\/](Page|Keypad|Send|words|unlock\.)|signin[\\/][Bb]locked)|sync[\\/](worker|backoff)|styles[\\/](tokens|parts|app)|i18n[\\/]|rules[\\/]english|sync[\\/]doors|store[\\/](lease|directory|idb|posted|bytes|api)|features[\\/]today[\\/]later|ui[\\/](tongue|app|frame|signs|states|icons|practice|remembered|lazy|link|codes|router|covers|settings|listed|repair)))|preload-helper|rolldown[\\/]runtime/ },
  { name: 'pages', test: /[\\/]src[\\/](elsewhere|styles[\\/]pages\.|features[\\/](people|person|visit|sync)[\\/]|features[\\/]today[\\/]DoneList|generated[\\/]daily|rules[\\/](forms|fields|otherfields|limits|method|digest)\.|store[\\/](search|spelling|writing|append|event|sending|postbox)|sync[\\/](push|courier|parcel)|ui[\\/](record|labels|older|day|plain|sheet|hold|pen|strokes|form|choices|reasons|consent|findings|source|whole|decimals|doubt|long|answers|who|fields|said|changes|gone|moreCodes|moreIcons))/ },
  { name: 'room', test: /[\\/]src[\\/](room|features[\\/]today[\\/](?!DoneList)|ui[\\/](tabs|due|villages|growing|household|why|heads)|rules[\\/]|generated[\\/](?!forms)|sync[\\/](?!worker|backoff|repair|doors)|store[\\/](?!lease|directory|idb|posted|bytes|api))/ },
];

/**
 * Vite's own loader lists what each page needs beside its file. All of it is here before the page, or comes in one more step; what is left
 * are styles, which come beside it.
 */
const LOADER = `
const here = {};
const fetched = (file) => (here[file] ??= new Promise((done, broke) => {
  const link = document.createElement('link');
  const lost = () => { delete here[file]; link.remove(); broke(new Error(file)); };
  Object.assign(link, { rel: 'stylesheet', href: '/app/' + file, onload: done, onerror: lost });
  document.head.append(link);
}));
export const __vitePreload = (load, files = []) => Promise.all([load(), ...files.map(fetched)]).then(([part]) => part);
`;
const shortLoader = { name: 'short-loader', enforce: 'pre', load: (id) => (id.includes('vite/preload-helper') ? LOADER : null) };

/** What the bundler leaves of the entry is one line that asks for the first file: the page asks for that itself. */
const noGoBetween = {
  name: 'no-go-between',
  enforce: 'post',
  generateBundle(_, bundle) {
    const page = bundle['index.html'];
    const between = Object.values(bundle).find((one) => one.isEntry);
    if (!page || !/^import\s*(\S+\s*from\s*)?["'`][^"'`]+["'`];?\s*$/.test(between.code)) this.error(`more than one line between page and first file: ${Object.keys(bundle)} ${between?.code.slice(0, 300)}`);
    page.source = page.source.replace(between.fileName, between.imports[0]);
    delete bundle[between.fileName];
  },
};

export default defineConfig({
  base: '/app/',
  plugins: [shortLoader, englishApart(fileURLToPath(new URL('./src', import.meta.url)))],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  define: { __BUILD__: JSON.stringify(version) },
  build: {
    // The floor is 87. All it lacks of 91's syntax is a spread among the arguments of an optional call, which the linter refuses; written out, every "?." costs bytes.
    target: 'chrome91',
    cssTarget: 'chrome87',
    // The page's policy allows no inline script and no data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false, resolveDependencies: (_, files) => files.filter((file) => file.endsWith('.css')) },
    rollupOptions: {
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        // One file compresses better than a dozen, and they are all fetched on the first day anyway.
        codeSplitting: { includeDependenciesRecursively: false, groups: PARTS },
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
