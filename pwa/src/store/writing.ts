/** What she records, corrects and takes back. Each call is sealed first and then one strict transaction. */
import { batch } from '@preact/signals';
import { append, followers, takeBack } from './append';
import { type Answers, type NewPatch, type NewRecord, type OnDisk, StoreError, type Value } from './api';
import { type Mark, markRows, rememberMarks, subjectsOf } from './commit';
import type { Core } from './core';
import { write } from './db';
import type { Poster } from './envelope';
import { type Author, type Draft, makeEvent } from './event';
import { type Local, sealLocal } from './outbox';
import { baseFor } from './rebase';
import type { DraftBox } from './drafts';

export interface Pen {
  core: Core;
  drafts: DraftBox;
  device: string;
  store: string;
  poster?: Poster | undefined;
  /** version of a form in the rulebook this app carries */
  versionOf: (form: string) => number;
  saved: () => void;
}

/** Rejects too_large, bad_value, full_disk, closed; then nothing was written. `onDisk` as in `Store.recordAll`. */
export async function say(pen: Pen, drafts: Draft[], form?: string, onDisk?: OnDisk): Promise<string[]> {
  const { core } = pen;
  const author: Author = { clock: core.clock, store: pen.store, worker: core.news.value.worker };
  const events = await Promise.all(drafts.map((draft) => makeEvent(author, draft)));
  const keep = () => core.turn(async () => {
    const rows = form === undefined ? undefined : pen.drafts.rowsOf(form);
    const locals = await append(core.db, core.vault, { device: pen.device, poster: pen.poster, drafts: rows }, events);
    if (form !== undefined) pen.drafts.forget(form);
    const show = await onDisk?.();
    batch(() => {
      remember(pen, locals);
      show?.();
    });
  });
  await (form === undefined ? keep() : pen.drafts.settled(keep));
  return events.map((event) => event.id);
}

function remember({ core, saved }: Pen, locals: Local[]): void {
  core.locals.value = [...core.locals.value, ...locals].sort(byNumber);
  core.view.rebuild(locals.flatMap(subjectsOf));
  core.announce();
  saved();
}

const byNumber = (a: Local, b: Local) => (a.store === b.store ? a.dseq - b.dseq : a.store < b.store ? -1 : 1);

export function recordDraft(pen: Pen, input: NewRecord): Draft {
  const { form, version = pen.versionOf(form), area, occurredOn, answers, person, household } = input;
  const days = pen.core.news.value.days?.n;
  const schema = `${form}/${version}${days ? `/${days}` : ''}`;
  return { kind: 'record', schema, area, body: { occurred_on: occurredOn, answers }, ...about(person, household) };
}

const about = (person?: string, household?: string) => ({ ...(person ? { person } : {}), ...(household ? { household } : {}) });

/** An amend or a void of something she can see. Rejects `unknown_record`. */
export function correction({ core }: Pen, kind: 'amend' | 'void', of: string, reason: string, answers?: Answers): Draft {
  for (const bundle of core.view.bundles.value.values()) {
    const rec = bundle.records.find((one) => one.id === of);
    if (rec) return correct(kind, rec, rec.area ?? bundle.household.area, reason, answers);
  }
  const rec = core.view.loose.value.find((one) => one.id === of);
  if (!rec) throw new StoreError('unknown_record');
  return correct(kind, rec, rec.area ?? '', reason, answers);
}

type Corrected = { id: string; form: string; version: number; person?: string; household?: string };

function correct(kind: 'amend' | 'void', rec: Corrected, area: string, reason: string, answers?: Answers): Draft {
  const body = { of: rec.id, reason, ...(answers ? { answers } : {}) };
  return { kind, schema: `${rec.form}/${rec.version}`, area, body, ...about(rec.person, rec.household) };
}

/** Rejects `unknown_area` for a new one whose area nobody named. */
export function patchDraft({ core }: Pen, { type, id, set, to = {} }: NewPatch): Draft {
  const shown = core.view.shown(type, id);
  const home = type === 'household' ? id : (to.household ?? text(set.household) ?? core.view.homeOf(id));
  const area = to.area ?? text(set.area) ?? (home === undefined ? undefined : core.view.bundles.value.get(home)?.household.area);
  if (!area) throw new StoreError('unknown_area');
  const fields = shown || type === 'household' || to.household === undefined ? set : { household: to.household, ...set };
  const body = { set: fields, base: baseFor(shown, fields) };
  return { kind: 'patch', schema: `${type}/1`, area, body, ...(type === 'person' ? about(id, home === id ? undefined : home) : { household: id }) };
}

const text = (value: Value | undefined) => (typeof value === 'string' && value ? value : undefined);

/** Rejects already_sent, depended_on, unknown_record. */
export async function undo({ core }: Pen, id: string): Promise<void> {
  const local = core.locals.value.find((one) => one.event.id === id);
  if (!local) throw new StoreError('unknown_record');
  if (local.state !== 'out') throw new StoreError('already_sent');
  if (followers(core.locals.value, id).length) throw new StoreError('depended_on');
  await core.turn(async () => {
    await takeBack(core.db, local);
    const others = core.locals.value.filter((one) => one.event.id !== id);
    core.locals.value = others.map((one) => (one.store === local.store && one.dseq > local.dseq ? { ...one, dseq: one.dseq - 1 } : one));
  });
  core.view.rebuild(subjectsOf(local));
  core.announce();
}

/** Rejects `unknown_record` for one that asks nothing. */
export async function dismiss({ core }: Pen, id: string): Promise<void> {
  const local = core.locals.value.find((one) => one.event.id === id);
  if (!local || local.state === 'out') throw new StoreError('unknown_record');
  const mark: Mark = { local, to: local.state === 'sent' ? 'sent' : 'kept', box: await sealLocal(core.vault, local.event), flags: [] };
  await write(core.db, ['outbox'], 'relaxed', (tx) => markRows(tx, [mark]));
  core.view.rebuild(rememberMarks(core, [mark]));
  core.announce();
}
