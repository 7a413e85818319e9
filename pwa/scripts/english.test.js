import { expect, test } from 'vitest';
import { dictionaryOf, pairsOf, without } from './english.mjs';

const table = `import type { Word } from '../../i18n/words';\nexport const W = { a: ['今日', 'Today'], b: ['{n} 天', '{n} {n|day|days}'], c: ['看', '量'] } as const;\n`;
const english = (text, path) => dictionaryOf(pairsOf(text, path));

test('English leaves a table of words and the Chinese stays', () => {
  expect(without(table, 'features/today/words.ts', english(table, 'features/today/words.ts'))).toBe(table.replace(", 'Today'", '').replace(", '{n} {n|day|days}'", ''));
});

test('a line of the rulebook loses its English alone', () => {
  const book = `const FORMS = ['{"id":"consent","zh":"问问她","en":"Consent","fields":[]}'];`;
  expect(without(book, 'generated/rulebook.ts', english(book, 'generated/rulebook.ts'))).toBe(`const FORMS = ['{"id":"consent","zh":"问问她","fields":[]}'];`);
});

test('what is said in two ways keeps the rarer one in its place', () => {
  const said = `const W = [['改', 'Change'], ['改', 'Correct'], ['改', 'Change']];`;
  expect(without(said, 'ui/said.ts', english(said, 'ui/said.ts'))).toBe(`const W = [['改'], ['改', 'Correct'], ['改']];`);
});

test('the desk and the tests keep both tongues', () => {
  expect(['features/desk/words.ts', 'ui/ui.test.ts', 'store/search.ts'].flatMap((path) => pairsOf(table, path))).toEqual([]);
});
