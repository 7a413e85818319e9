// Writes src/generated/rulebook.ts from server/rulebook; with --check it only says whether the file is fresh.
import { readdirSync, readFileSync, writeFileSync, mkdirSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const home = join(root, 'server', 'rulebook');
const target = join(root, 'pwa', 'src', 'generated', 'rulebook.ts');
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
const lines = (files) => files.map((file) => `  ${literal(JSON.stringify(file))},\n`).join('');
const union = (words) => words.map((word) => `'${word}'`).join(' | ');
const codes = (form, key) => form.fields.find((field) => field.key === key).options.map((option) => option.code);

function written() {
  const [forms, schedules, indicators, labels] = ['forms', 'schedules', 'indicators', 'labels'].map(read);
  const form = (id) => forms.find((found) => found.id === id);
  return `// Made by scripts/rulebook.mjs from server/rulebook. Do not edit: change the JSON and run it again.
import { bookOf } from '../rules/book';

export type * from '../rules/shapes';
export type FormId = ${union(forms.map(({ id }) => id))};
export type ScheduleId = ${union(schedules.map(({ id }) => id))};
export type Purpose = ${union(codes(form('consent'), 'purpose'))};
export type Method = ${union(codes(form('contraceptive_followup'), 'method'))};
export type Item = ${union(codes(form('contraceptive_supply'), 'item'))};

const FORMS = [
${lines(forms)}];
const SCHEDULES = [
${lines(schedules)}];
const INDICATORS = [
${lines(indicators)}];
const LABELS = [
${lines(labels)}];

export const book = bookOf(FORMS, SCHEDULES, INDICATORS, LABELS);
`;
}

const text = written();
const fresh = existsSync(target) && readFileSync(target, 'utf8') === text;
if (process.argv.includes('--check')) {
  if (!fresh) console.error('src/generated/rulebook.ts is older than server/rulebook: run node scripts/rulebook.mjs');
  process.exitCode = fresh ? 0 : 1;
} else if (!fresh) {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
