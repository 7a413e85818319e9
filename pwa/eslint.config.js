import tseslint from 'typescript-eslint';
import { direction } from './eslint/rooms.js';

const CLOCK = 'Only clock.ts reads the clock; elsewhere today and now are arguments.';
const clock = [
  { selector: "CallExpression[callee.object.name=/^(Date|performance)$/][callee.property.name='now']", message: CLOCK },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK },
  { selector: "CallExpression[callee.name='Date']", message: CLOCK },
];
const state = [
  {
    selector: ":matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind='let']",
    message: 'No state in a module: make it with createX(...), so that a test can have two.',
  },
];
const spread = [
  { selector: 'CallExpression[optional=true] > SpreadElement', message: 'Chromium 87 to 90 work it out even when nothing is called.' },
  { selector: 'ChainExpression CallExpression > MemberExpression[optional=true] ~ SpreadElement', message: 'Chromium 87 to 90 work it out even when nothing is called.' },
];
// Methods and globals newer than Chromium 87 that the type libraries cannot catch.
const newer = [
  ['crypto', 'randomUUID'], ['AbortSignal', 'timeout'], ['AbortSignal', 'any'], ['Response', 'json'], ['URL', 'canParse'],
  ['Uint8Array', 'fromBase64'], ['Promise', 'withResolvers'], ['Object', 'groupBy'],
].map(([object, property]) => ({ object, property, message: 'Not in Chromium 87.' }));
const fetching = { name: 'fetch', message: 'The transport in sync/ is the only one that fetches.' };
const storing = ['indexedDB', 'localStorage', 'sessionStorage'].map((name) => ({ name, message: 'Only store/ keeps things.' }));
const tooNew = ['structuredClone', 'EyeDropper', 'scheduler'].map((name) => ({ name, message: 'Not in Chromium 87.' }));
const tests = ['**/*.test.ts', '**/*.test.tsx'];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/generated'] },
  ...tseslint.configs.recommendedTypeChecked.map((part) => ({ ...part, files: ['src/**/*.{ts,tsx}'] })),
  // Tests that start a server are Node's world, whose types are not installed: linted without types.
  ...tseslint.configs.recommended.map((part) => ({ ...part, files: ['tests/**/*.ts'] })),
  {
    files: ['src/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { rooms: { rules: { direction } } },
    rules: {
      'rooms/direction': 'error',
      'no-restricted-syntax': ['error', ...clock, ...state, ...spread],
      'no-restricted-properties': ['error', ...newer],
      'no-restricted-globals': ['error', fetching, ...storing, ...tooNew],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Numbers and booleans read well in a template.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // A handler may be async; the engine reports what goes wrong.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // `const { [key]: _, ...rest }` takes a field out.
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
    },
  },
  { files: ['src/clock.ts'], rules: { 'no-restricted-syntax': ['error', ...state, ...spread] } },
  { files: ['src/sync/**', 'src/sw/**'], rules: { 'no-restricted-globals': ['error', ...storing, ...tooNew] } },
  { files: ['src/store/**'], rules: { 'no-restricted-globals': ['error', fetching, ...tooNew] } },
  { files: tests, rules: { 'no-restricted-globals': ['error', ...tooNew], 'no-restricted-syntax': 'off', 'rooms/direction': 'off' } },
);
