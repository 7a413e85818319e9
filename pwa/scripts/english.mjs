// Takes the English out of the tables of words when the page is built: it comes in a file of its own, for whoever reads English.
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';

const HAN = /\p{Script=Han}/u;
const LATIN = /[A-Za-z]/;
/** What a phone says. The desk is online and has its own file, the bag's pages have one that few days read; tests say both tongues. */
const SPEAKS = /^((features\/(?!(?:desk|bag)\/)|ui\/|i18n\/).*|[^/]*)(?<!\.test)\.tsx?$/;
const BOOK = /^generated\/[^/]*\.ts$/;
/** One line of the rulebook; one with a quote in it keeps its English, since the texts are quoted twice. */
const NAMED = /"zh":"([^"\\]*)","en":"([^"\\]*)"/g;

/** Places of a file's words: {zh, en, from, to}; cutting from…to leaves the Chinese alone. */
export function pairsOf(text, path) {
  if (BOOK.test(path)) return [...text.matchAll(NAMED)].filter(([, zh]) => HAN.test(zh)).map(namedAt);
  if (!SPEAKS.test(path)) return [];
  const found = [];
  const look = (node) => {
    const pair = ts.isArrayLiteralExpression(node) && pairAt(node);
    if (pair) found.push(pair);
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS));
  return found;
}

function namedAt(match) {
  const to = match.index + match[0].length;
  return { zh: match[1], en: match[2], from: to - `,"en":"${match[2]}"`.length, to };
}

function pairAt({ elements }) {
  if (elements.length !== 2 || !elements.every(ts.isStringLiteralLike)) return null;
  const [zh, en] = elements;
  if (!HAN.test(zh.text) || HAN.test(en.text) || !LATIN.test(en.text)) return null;
  return { zh: zh.text, en: en.text, from: zh.end, to: en.end };
}

/** Chinese → English as it is said most often; where something else is said, that stays in its place. */
export function dictionaryOf(pairs) {
  const said = new Map();
  for (const { zh, en } of pairs) {
    const ways = said.get(zh) ?? said.set(zh, new Map()).get(zh);
    ways.set(en, (ways.get(en) ?? 0) + 1);
  }
  const most = (ways) => [...ways].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
  return new Map([...said].map(([zh, ways]) => [zh, most(ways)]).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The file without the English that the dictionary has. */
export const without = (text, path, dictionary) =>
  pairsOf(text, path).filter(({ zh, en }) => dictionary.get(zh) === en).reduceRight((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), text);

function allPairs(src) {
  const paths = readdirSync(src, { recursive: true }).map((path) => path.split(sep).join('/')).filter((path) => /\.tsx?$/.test(path)).sort();
  return paths.flatMap((path) => pairsOf(readFileSync(join(src, path), 'utf8'), path));
}

/** For a build alone: in tests and in development each word holds both tongues. */
export function englishApart(src) {
  const dictionary = new Map();
  return {
    name: 'english-apart',
    apply: 'build',
    enforce: 'pre',
    buildStart() {
      for (const [zh, en] of dictionaryOf(allPairs(src))) dictionary.set(zh, en);
    },
    load: (id) => (id.endsWith('/i18n/english.ts') ? `export const ENGLISH = ${JSON.stringify(Object.fromEntries(dictionary))};` : null),
    transform(text, id) {
      const path = relative(src, id.split('?')[0]).split(sep).join('/');
      return path.startsWith('..') || !/\.tsx?$/.test(path) || path === 'i18n/english.ts' ? null : { code: without(text, path, dictionary), map: null };
    },
  };
}
