import { dirname, relative, resolve, sep } from 'node:path';

/** Which rooms each room of src/ may use besides itself: down only, as docs/decisions/002 says. "." is a file at the top: main, router. */
const MAY_USE = {
  '.': ['features', 'ui', 'sync', 'store', 'rules', 'generated', 'i18n', 'styles', 'clock'],
  features: ['ui', 'sync', 'store', 'rules', 'generated', 'i18n', 'styles', 'clock'],
  parts: ['ui', 'store', 'rules', 'generated', 'i18n', 'styles', 'clock'],
  ui: ['store', 'rules', 'generated', 'i18n', 'styles', 'clock'],
  sync: ['store', 'rules', 'generated', 'clock'],
  sw: ['sync', 'store', 'rules', 'generated', 'clock'],
  store: ['rules', 'generated', 'clock'],
  i18n: ['rules', 'generated'],
  rules: ['generated'],
  generated: ['rules'],
  styles: [],
  clock: [],
};

/** Where a file of src/ lives: {room, feature}, e.g. features/visit/Page.tsx → features, visit; null outside src/. */
function placeOf(file, src) {
  const parts = relative(src, file).split(sep);
  if (parts[0] === '..') return null;
  if (parts.length === 1) return { room: /^clock(\.ts)?$/.test(parts[0]) ? 'clock' : '.' };
  return { room: parts[0], feature: parts[0] === 'features' ? parts[1].replace(/\.tsx?$/, '') : undefined };
}

/** What is wrong with this import, or null. */
function objection(from, to) {
  if (!to || !(from.room in MAY_USE)) return null;
  if (from.room !== to.room) return MAY_USE[from.room].includes(to.room) ? null : `${from.room} may not use ${to.room}`;
  return from.feature === to.feature ? null : `feature ${from.feature} may not use feature ${to.feature}`;
}

/** Imports go down only, and no feature uses another. */
export const direction = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const src = resolve(context.cwd, 'src');
    const from = placeOf(context.filename, src);
    const check = (node) => {
      const target = node.source?.value;
      if (!from || typeof target !== 'string' || !target.startsWith('.')) return;
      const said = objection(from, placeOf(resolve(dirname(context.filename), target), src));
      if (said) context.report({ node, message: said });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};
