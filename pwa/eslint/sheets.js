import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import bcd from '@mdn/browser-compat-data' with { type: 'json' };
import postcss from 'postcss';

/** The oldest browser the app runs in. */
const FLOOR = 87;
const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(/i;
const FIXED = /\d(?:px|pt|rem)\b/;

/** Newer than the floor, and why that does no harm there. */
const HARMLESS = {
  outline: 'square corners before 94',
  'align-content: start': 'grids know it since 57, and only grids use it here',
  'align-self: start': 'as above',
  'align-self: end': 'as above',
  'forced-color-adjust': 'the system colours the marks before 89; their shape tells them apart',
  'forced-color-adjust: none': 'as above',
  'print-color-adjust: exact': 'pale bars on paper before 136; the numbers stand beside them',
  dvh: 'app.css asks for it and gives 100vh instead',
};

/** Every style sheet below `folder`: [path, its rules]. */
export function sheetsBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.css'))
    .map((name) => [name, postcss.parse(readFileSync(join(folder, name), 'utf8'), { from: name })]);
}

const say = (node, what) => `${basename(node.source.input.from)}:${node.source.start.line}: ${what}`;

/** Colours, and sizes of type, that stand outside the tokens. */
export function literals(sheet) {
  const found = [];
  sheet.walkDecls((rule) => {
    if (COLOUR.test(rule.value)) found.push(say(rule, `${rule.prop}: ${rule.value}`));
    if (/^font(-size)?$/.test(rule.prop) && FIXED.test(rule.value)) found.push(say(rule, `${rule.prop}: ${rule.value}`));
  });
  return found;
}

/** The first Chromium that knows this entry; infinity where none does, 0 where nothing is said. */
function since(entry) {
  const said = entry?.__compat?.support?.chrome_android;
  if (!said) return 0;
  const versions = [said].flat().filter((one) => !one.flags && !one.partial_implementation && one.version_added && one.version_added !== 'preview');
  return Math.min(Infinity, ...versions.map((one) => parseFloat(String(one.version_added).replace('≤', ''))));
}

/** Whether an older browser is told apart: the rule stands in, or is repeated outside, a question for it. */
const asked = (node) => node && (node.type === 'atrule' && node.name === 'supports' ? true : asked(node.parent));

/** Properties, their keywords, pseudo-classes, units and at-rules that Chromium 87 does not know. */
export function tooNew(sheet) {
  const found = [];
  const check = (node, what, entry) => {
    if (since(entry) > FLOOR && !(what in HARMLESS) && !asked(node)) found.push(say(node, `${what} (Chromium ${since(entry)})`));
  };
  sheet.walkAtRules((rule) => check(rule, `@${rule.name}`, bcd.css['at-rules'][rule.name]));
  sheet.walkRules((rule) => {
    for (const [, name] of rule.selector.matchAll(/::?([a-z-]+)/g)) check(rule, `:${name}`, bcd.css.selectors[name]);
  });
  sheet.walkDecls((rule) => {
    const property = bcd.css.properties[rule.prop];
    check(rule, rule.prop, property);
    for (const word of rule.value.match(/[a-z][a-z-]+/g) ?? []) check(rule, `${rule.prop}: ${word}`, property?.[word]);
    for (const [, unit] of rule.value.matchAll(/\d(dvh|dvw|svh|lvh|svw|lvw|cqw|cqi)\b/g)) check(rule, unit, bcd.css.types.length[`viewport_percentage_units_${{ d: 'dynamic', s: 'small', l: 'large' }[unit[0]]}`]);
  });
  return found;
}
