// Lets the phone's rules answer a file of cases: node answer.mjs CASES.json ANSWERS.json [BREAK.json]
// A case is [operation, ...arguments], an answer {value} or {refused: true}. BREAK.json {file, old, new} plants one fault.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const pwa = fileURLToPath(new URL('../../pwa/', import.meta.url));
const [casesFile, answersFile, breakFile] = process.argv.slice(2);
const { build } = await import(pathToFileURL(createRequire(join(pwa, 'package.json')).resolve('vite')).href);

/** Changes one place of one source, and insists that it was there. */
function fault({ file, old, new: instead }) {
  let planted = false;
  return {
    name: 'fault',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith(`/src/rules/${file}`)) return null;
      planted = code.includes(old);
      return code.replace(old, () => instead);
    },
    buildEnd() {
      if (!planted) throw new Error(`${file} does not hold: ${old}`);
    },
  };
}

async function bundled(outDir) {
  const modules = readdirSync(join(pwa, 'src', 'rules')).filter((name) => /^[a-z]+\.ts$/.test(name));
  const entries = modules.map((name) => [name.replace('.ts', ''), join(pwa, 'src', 'rules', name)]);
  await build({
    root: pwa,
    configFile: false,
    logLevel: 'error',
    plugins: breakFile ? [fault(JSON.parse(readFileSync(breakFile, 'utf8')))] : [],
    build: {
      ssr: true,
      minify: false,
      outDir,
      rollupOptions: {
        input: Object.fromEntries([...entries, ['rulebook', join(pwa, 'src', 'generated', 'rulebook.ts')]]),
        output: { entryFileNames: '[name].mjs', chunkFileNames: 'part-[hash].mjs' },
      },
    },
  });
  const load = async (name) => [name, await import(pathToFileURL(join(outDir, `${name}.mjs`)).href)];
  return Object.fromEntries(await Promise.all([...entries.map(([name]) => load(name)), load('rulebook')]));
}

/** What the rules throw on purpose. A minifier may rename a class, so the bundle is not minified. */
const EXPECTED = ['NotCanonical', 'RangeError'];
const hex = (bytes) => Buffer.from(bytes).toString('hex');

/** What each operation of `asking.py` is here. Forms and schedules come from the generated rulebook or from a `define`. */
function operations({ forms, schedule, consent, method, digest, dates, idnumber, masks, rulebook }) {
  const defined = new Map([...Object.entries(rulebook.book.forms), ['book', rulebook.book.schedules]]);
  return {
    define: (name, value) => void defined.set(name, value),
    form(name, answers, today, role, records) {
      const form = defined.get(name);
      return {
        check: forms.check(form, answers, today, role ?? undefined).map((f) => [f.field, f.code, f.level, f.rule]),
        visible: forms.visible(form, answers, role ?? undefined),
        referrals: forms.referrals(form, answers, role ?? undefined).map((rule) => rule.id),
        year_notes: forms.yearNotes(form, answers, records, today).map(([note, sum]) => [note.id, sum]),
        audience: forms.audience(form, role ?? 'nobody'),
        may_write: forms.mayWrite(form, role ?? 'nobody', answers, today),
      };
    },
    life: (schedules, records, today) => ({
      due: schedule.dueItems(defined.get(schedules), records, today),
      standing: consent.standing(records, today),
      method: method.currentMethod(records, today),
    }),
    book: () => rulebook.book,
    canonical: (value) => hex(digest.canonical(value)),
    digest: async (salt, event) => hex(await digest.digest(Buffer.from(salt, 'hex'), event)),
    date: (value, days, on) => [dates.number(value), dates.earliest(value), dates.latest(value), dates.monthSpan(value),
      dates.age(value, on), typeof value === 'string' ? dates.addDays(value, days) : null],
    id_number: (value) => [idnumber.fault(value), idnumber.birth(value), idnumber.sex(value), idnumber.checksumOk(value)],
    mask: (value) => [masks.name(value), masks.phone(value), masks.idNumber(value), masks.idLast4(value)],
  };
}

const folder = mkdtempSync(join(tmpdir(), 'suifang-parity-'));
try {
  const answer = operations(await bundled(folder));
  const answers = [];
  for (const [operation, ...given] of JSON.parse(readFileSync(casesFile, 'utf8'))) {
    try {
      answers.push({ value: (await answer[operation](...given)) ?? null });
    } catch (error) {
      answers.push(EXPECTED.includes(error.constructor.name) ? { refused: true } : { threw: String(error) });
    }
  }
  writeFileSync(answersFile, JSON.stringify(answers));
} finally {
  rmSync(folder, { recursive: true });
}
