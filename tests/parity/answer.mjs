// Lets the phone's rules answer a file of questions: node answer.mjs QUESTIONS.json ANSWERS.json
// {definitions, cases: {kind: [case]}, faults: [{file, old, new, kind, count}]} -> {cases: {kind: [answer]}, faults: [[answer]]}
// A case is [operation, ...arguments], an answer {value}, {refused: true} or, never on purpose, {threw}.
// Each fault is planted alone in the sources, and the first `count` cases of its kind are asked again.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const pwa = fileURLToPath(new URL('../../pwa/', import.meta.url));
const [questionsFile, answersFile] = process.argv.slice(2);
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

async function bundled(outDir, planted) {
  const modules = readdirSync(join(pwa, 'src', 'rules')).filter((name) => /^[a-z]+\.ts$/.test(name));
  const entries = modules.map((name) => [name.replace('.ts', ''), join(pwa, 'src', 'rules', name)]);
  await build({
    root: pwa,
    configFile: false,
    logLevel: 'error',
    plugins: planted ? [fault(planted)] : [],
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
  const [, rulebook] = await load('rulebook');
  await rulebook.moreForms();
  return Object.fromEntries(await Promise.all([...entries.map(([name]) => load(name)), load('rulebook')]));
}

/** What the rules throw on purpose. A minifier may rename a class, so the bundle is not minified. */
const EXPECTED = ['NotCanonical', 'RangeError'];
const hex = (bytes) => Buffer.from(bytes).toString('hex');

/** What each operation of `asking.py` is here. Forms and schedules come from the generated rulebook or from a `define`. */
function operations({ otherdays, otherfields, episodes, forms, stock, schedule, consent, method, digest, dates, idnumber, masks, rulebook }) {
  const defined = new Map([...Object.entries(rulebook.book.forms), ['book', rulebook.book.schedules]]);
  return {
    overlay: (name, of, changes) => void defined.set(name, otherdays.overlaid(defined.get(of), changes)),
    define: (name, value) => void defined.set(name, value),
    form(name, answers, today, role, records, birth) {
      const form = defined.get(name);
      return {
        check: forms.check(form, answers, today, role ?? undefined, birth).map((f) => [f.field, f.code, f.level, f.rule]),
        visible: forms.visible(form, answers, role ?? undefined),
        referrals: forms.referrals(form, answers, role ?? undefined).map((rule) => rule.id),
        year_notes: forms.yearNotes(form, answers, records, today).map(([note, sum]) => [note.id, sum]),
        audience: forms.audience(form, role ?? 'nobody'),
        age_notes: forms.ageNotes(form, role ?? 'nobody', answers, today).map((note) => note.id),
        may_write: forms.mayWrite(form, role ?? 'nobody', answers, today),
      };
    },
    county_form(of, changes, days, answers, today) {
      const form = otherfields.formAsOf(defined.get(of), changes, days);
      return { form, check: forms.check(form, answers, today).map((f) => [f.field, f.code]) };
    },
    life: (schedules, records, today) => ({
      due: schedule.dueItems(defined.get(schedules), records, today),
      standing: consent.standing(records, today),
      method: method.currentMethod(records, today),
      episodes: episodes.episodes(defined.get('anc'), records, today),
    }),
    stock(records, point, item, wanted, today, doubt, expiry) {
      const rules = rulebook.book.stock;
      const { balances, differences } = stock.ledger(rules, records);
      const lot = ({ point: where, item: what, lot: which, expiry: until }) => [where, what, which, until];
      return {
        balances: balances.map(({ at, usable, set_aside: aside }) => [lot(at), usable, aside]),
        differences: differences.map(({ record, at, book, counted }) => [record, lot(at), book, counted]),
        again: stock.takenAgain(records),
        proposed: stock.propose(balances, point, item, wanted, today).map(([at, n]) => [lot(at), n]),
        judged: stock.judge(rules, expiry, today, doubt),
      };
    },
    book: () => rulebook.book,
    canonical: (value) => hex(digest.canonical(value)),
    digest: async (salt, event) => hex(await digest.digest(Buffer.from(salt, 'hex'), event)),
    date: (value, days, on) => [dates.number(value), dates.earliest(value), dates.latest(value), dates.monthSpan(value),
      dates.age(value, on), typeof value === 'string' ? dates.addDays(value, days) : null],
    id_number: (value) => [idnumber.fault(value), idnumber.birth(value), idnumber.sex(value), idnumber.checksumOk(value)],
    mask: (value) => [masks.name(value), masks.phone(value), masks.idNumber(value), masks.idLast4(value)],
  };
}

const { definitions, cases, faults } = JSON.parse(readFileSync(questionsFile, 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'suifang-parity-'));

/** A function that answers lists of cases by the rules as they are, or with one fault planted. */
async function examinee(name, planted) {
  const answer = operations(await bundled(join(folder, name), planted));
  for (const [operation, ...given] of definitions) answer[operation](...given);
  const one = async ([operation, ...given]) => {
    try {
      return { value: (await answer[operation](...given)) ?? null };
    } catch (error) {
      return EXPECTED.includes(error.constructor.name) ? { refused: true } : { threw: String(error) };
    }
  };
  return async (some) => {
    const answers = [];
    for (const asked of some) answers.push(await one(asked));
    return answers;
  };
}

try {
  const sound = await examinee('sound');
  const answers = { cases: {}, faults: [] };
  for (const [kind, some] of Object.entries(cases)) answers.cases[kind] = await sound(some);
  for (const [at, planted] of faults.entries()) {
    const faulty = await examinee(`fault-${at}`, planted);
    answers.faults.push(await faulty(cases[planted.kind].slice(0, planted.count)));
  }
  writeFileSync(answersFile, JSON.stringify(answers));
} finally {
  rmSync(folder, { recursive: true });
}
