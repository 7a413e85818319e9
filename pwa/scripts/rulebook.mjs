// Writes src/generated/{rulebook,daily,forms,stock}.ts from server/rulebook; with --check it only says whether the files are fresh.
import { readdirSync, readFileSync, writeFileSync, mkdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const home = join(root, 'server', 'rulebook');
const target = join(root, 'pwa', 'src', 'generated');
/** What a director's day is made of; all other forms come in a file of their own when one of them is opened. */
const DAILY = ['consent', 'contraceptive_followup', 'contraceptive_supply', 'household_visit', 'referral'];
/** Only the township's import reads it. */
const ABSENT = new Set(['import_words']);

function read(folder) {
  return readdirSync(join(home, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(home, folder, name), 'utf8')))
    .filter((file) => !ABSENT.has(file.id));
}

const literal = (text) => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
/** Where each line of the rulebook comes from is for who reviews it; a phone says so of a rule's advice alone. */
const bare = (value, rule = false) => {
  if (Array.isArray(value)) return value.map((one) => bare(one, rule));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => rule || key !== 'status').map(([key, inner]) => [key, bare(inner, key === 'rules')]));
};
const lines = (files) => files.map((file) => `  ${literal(JSON.stringify(bare(file)))},\n`).join('');
const union = (words) => words.map((word) => `'${word}'`).join(' | ');
const codes = (form, key) => form.fields.find((field) => field.key === key).options.map((option) => option.code);

/** What Today's list says. */
const FIRST = ['residence', 'roles'];
/** What no daily page says comes with the rarer forms. */
const LATER = ['area_levels', 'findings', 'left_out', 'sources', 'states'];

/** A form without its questions: enough to list it, to know who writes it and under which version. */
const head = (form) => ({ ...form, fields: [], rules: [], year_notes: undefined, age_notes: undefined, episode: undefined });

/** The rest of it. */
const rest = ({ id, fields, rules, year_notes, age_notes, episode }) => ({ id, fields, rules, year_notes, age_notes, episode });

function rulebook() {
  const [forms, schedules, labels] = ['forms', 'schedules', 'labels'].map(read);
  const form = (id) => forms.find((found) => found.id === id);
  return `// Made by scripts/rulebook.mjs from server/rulebook. Do not edit: change the JSON and run it again.
import { addLater, bookOf } from '../rules/book';

export type * from '../rules/shapes';
export type FormId = ${union(forms.map(({ id }) => id))};
export type ScheduleId = ${union(schedules.map(({ id }) => id))};
export type Purpose = ${union(codes(form('consent'), 'purpose'))};
export type Method = ${union(codes(form('contraceptive_followup'), 'method'))};
export type Item = ${union(codes(form('contraceptive_supply'), 'item'))};

const HEADS = [
${lines([...forms.filter(({ id }) => DAILY.includes(id)), ...forms.filter(({ id }) => !DAILY.includes(id))].map(head))}];
// Those in use: nothing is due from the others.
const SCHEDULES = [
${lines(schedules.filter(({ active }) => active))}];
const LABELS = [
${lines(labels.filter(({ id }) => FIRST.includes(id)))}];

/** What Today's list needs; \`daily\` adds what a visit asks, \`moreForms\` all the rest. */
export const book = bookOf(HEADS, SCHEDULES, LABELS);

let more: Promise<void> | undefined;
/** Fetches everything that \`book\` was made without, once. */
export const moreForms = (): Promise<void> => (more ??= Promise.all([import('./forms'), import('./stock'), import('./daily')]).then(([later, { STOCK }]) => addLater(book, later, STOCK)));
`;
}

function daily() {
  const labels = read('labels').filter(({ id }) => ![...FIRST, ...LATER].includes(id));
  return `// Made by scripts/rulebook.mjs from server/rulebook. Do not edit: change the JSON and run it again.
import { addDaily } from '../rules/book';
import { book } from './rulebook';

const FORMS = [
${lines(read('forms').filter(({ id }) => DAILY.includes(id)).map(rest))}];
const LABELS = [
${lines(labels)}];

// Whoever imports this file has the questions at once: it comes with the pages that ask them.
addDaily(book, FORMS, LABELS);

export { book };
`;
}

const others = () => `// Made by scripts/rulebook.mjs from server/rulebook. Do not edit: change the JSON and run it again.
export const FORMS = [
${lines(read('forms').filter(({ id }) => !DAILY.includes(id)).map(rest))}];
export const INDICATORS = [
${lines(read('indicators'))}];
export const LABELS = [
${lines(read('labels').filter(({ id }) => LATER.includes(id)))}];
`;

/** Read at a hand-out, too, which needs none of the rarer forms. */
const stock = () => `// Made by scripts/rulebook.mjs from server/rulebook. Do not edit: change the JSON and run it again.
import type { StockRules } from '../rules/shapes';

export const STOCK = JSON.parse(${literal(JSON.stringify(bare(JSON.parse(readFileSync(join(home, 'stock.json'), 'utf8')))))}) as StockRules;
`;

let stale = false;
for (const [name, text] of [['rulebook.ts', rulebook()], ['daily.ts', daily()], ['forms.ts', others()], ['stock.ts', stock()]]) {
  const file = join(target, name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  stale = true;
  if (process.argv.includes('--check')) console.error(`src/generated/${name} is older than server/rulebook: run node scripts/rulebook.mjs`);
  else {
    mkdirSync(target, { recursive: true });
    writeFileSync(file, text);
  }
}
if (process.argv.includes('--check')) process.exitCode = stale ? 1 : 0;
