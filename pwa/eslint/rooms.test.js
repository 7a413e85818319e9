import { join } from 'node:path';
import { Linter } from 'eslint';
import { expect, test } from 'vitest';
import { direction } from './rooms.js';

const src = join(import.meta.dirname, '..', 'src');

/** What the rule says about one import in one file of src/. */
function said(file, target) {
  const linter = new Linter({ cwd: join(src, '..') });
  const config = { files: ['**/*.js'], plugins: { rooms: { rules: { direction } } }, rules: { 'rooms/direction': 'error' } };
  return linter.verify(`import '${target}';`, config, join(src, file)).map(({ message }) => message);
}

test('a feature may use the ui, the store and itself', () => {
  expect(said('features/today/Page.js', '../../ui/frame')).toEqual([]);
  expect(said('features/today/Page.js', '../../store/people')).toEqual([]);
  expect(said('features/today/Page.js', './words')).toEqual([]);
});

test('a feature may not use another feature', () => {
  expect(said('features/today/Page.js', '../people/words')).toEqual(['feature today may not use feature people']);
});

test('the store may not use the sync engine', () => {
  expect(said('store/outbox.js', '../sync/engine')).toEqual(['store may not use sync']);
});

test('the ui and the sync engine do not use each other', () => {
  expect(said('ui/frame.js', '../sync/engine')).toEqual(['ui may not use sync']);
  expect(said('sync/engine.js', '../ui/frame')).toEqual(['sync may not use ui']);
});

test('the rules read no clock', () => {
  expect(said('rules/schedule.js', '../clock')).toEqual(['rules may not use clock']);
});

test('the service worker uses the sync engine and nobody uses the service worker', () => {
  expect(said('sw/index.js', '../sync/deliver')).toEqual([]);
  expect(said('main.js', './sw/index')).toEqual(['. may not use sw']);
});
