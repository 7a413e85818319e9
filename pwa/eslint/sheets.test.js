import postcss from 'postcss';
import { expect, test } from 'vitest';
import { literals, sheetsBelow, tooNew } from './sheets.js';

const sheets = sheetsBelow(new URL('../src', import.meta.url).pathname);

test('colours and sizes of type stand in tokens.css alone', () => {
  expect(sheets.filter(([name]) => !name.endsWith('tokens.css')).flatMap(([, sheet]) => literals(sheet))).toEqual([]);
});

test('no style sheet asks for what Chromium 87 does not know', () => {
  expect(sheets.flatMap(([, sheet]) => tooNew(sheet))).toEqual([]);
});

test('a colour and a size outside the tokens are found', () => {
  const sheet = postcss.parse('a { color: #fff; } b { font: 700 12px/1 serif; } c { color: var(--ink); font-size: .9em; }', { from: 'a.css' });
  expect(literals(sheet)).toHaveLength(2);
});

test('what is too new is found, unless an older browser is asked about it', () => {
  const sheet = postcss.parse('a:has(b) { aspect-ratio: 1; } @supports (aspect-ratio: 1) { a { aspect-ratio: 1; } } c { gap: 4px; }', { from: 'a.css' });
  expect(tooNew(sheet)).toEqual(['a.css:1: :has (Chromium 105)', 'a.css:1: aspect-ratio (Chromium 88)']);
});
