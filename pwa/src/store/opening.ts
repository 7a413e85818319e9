/**
 * Opening a store of ten thousand people: first the doors she will see first, then the rest in slices while she reads.
 * Which doors those are lies sealed beside the mirror. It is a hint: when it is missing or stale she only waits longer.
 */
import type { Bundle, CountyDays } from './api';
import { type Core, type OpenedRow, type RowKey, adopt, metaPlace, openRows, readDisk, refresh, withAgain } from './core';
import { write } from './db';
import { openJson, sealJson } from './sealing';
import { pause, slices } from './slices';

/** Rows opened, and households made, between two looks at what else the page has to do. */
const ROWS = 16;
const HOMES = 4;
const FRONT = 'front';

/** Fills an empty core; `made` is called for each bundle behind the first doors. Rejects `unreadable`. */
export async function openAll(core: Core, made: (bundle: Bundle, days?: CountyDays) => void): Promise<void> {
  const front = await readFront(core);
  const found = front.length ? await readDisk(core, front) : undefined;
  if (!found?.docs?.length) return refresh(core);
  adopt(core, found, true);
  core.whole.value = false;
  core.opened = openRest(core, made).then(() => { core.whole.value = true; });
  core.opened.catch(() => undefined);
}

async function readFront({ db, vault }: Core): Promise<RowKey[]> {
  const row = await db.table('meta').get(FRONT);
  return row ? openJson<RowKey[]>(vault, 'meta', metaPlace(FRONT, row.v), row.box).catch(() => []) : [];
}

/** Keeps which doors to open first; writes only what changed. */
export function createFront(core: Core): (households: readonly string[]) => Promise<void> {
  const kept = { text: '' };
  return async (households) => {
    const keys = households.flatMap((id) => core.mirror.keysOf(id)).flatMap(({ f, b }): RowKey[] => {
      const alias = core.state.value.feeds[f]?.alias;
      return alias === undefined ? [] : [[alias, b]];
    });
    const text = JSON.stringify(keys);
    if (text === kept.text || !core.whole.value) return;
    kept.text = text;
    const v = core.rev;
    const box = await sealJson(core.vault, 'meta', metaPlace(FRONT, v), keys);
    await write(core.db, ['meta'], 'relaxed', async (tx) => void (await tx.objectStore('meta').put({ v, box }, FRONT)));
  };
}

/** The page draws the first doors meanwhile. */
const HEAD_START_MS = 400;

/** Another window may have gone on meanwhile: then all is read again in one piece. */
async function openRest(core: Core, made: (bundle: Bundle, days?: CountyDays) => void): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, HEAD_START_MS));
  if (!(await putRows(core))) return refresh(core);
  const growing = core.view.grow();
  for (const ids of slices(growing.subjects(), HOMES * 12)) {
    growing.look(ids);
    await pause();
  }
  for (const ids of slices(growing.homes(), HOMES)) {
    for (const bundle of growing.make(ids)) made(bundle, core.news.value.days);
    await pause();
  }
  growing.done();
}

/** Puts every row into the mirror; false when the disk moved on meanwhile. */
async function putRows(core: Core): Promise<boolean> {
  let range: IDBKeyRange | undefined;
  let broken: OpenedRow[] = [];
  for (;;) {
    const tx = core.db.transaction(['meta', 'rows']);
    const [mirror, rows] = await Promise.all([tx.objectStore('meta').get('mirror'), tx.objectStore('rows').getAll(range, ROWS)]);
    if ((mirror?.v ?? 0) !== core.rev) return false;
    const docs = await openRows(core.vault, core.state.value, rows);
    for (const { f, b, doc } of docs) if (doc && !core.mirror.get(f, b)) core.mirror.put(f, b, doc);
    broken = [...broken, ...docs.filter(({ doc }) => !doc)];
    const last = rows[ROWS - 1];
    if (!last) break;
    range = IDBKeyRange.lowerBound([last.f, last.b], true);
    await pause();
  }
  if (broken.length) core.state.value = withAgain(core.state.value, broken);
  return true;
}
