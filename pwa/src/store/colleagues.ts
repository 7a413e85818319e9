/** What the people are called whose ids stand on records and changes. */
import { commitNews } from './commit';
import type { Core } from './core';
import type { Doc } from './mirror';

export type Names = { [worker: string]: string };

const WORKER = /^[0-9a-z]{8}(-[0-9a-z]{4}){3}-[0-9a-z]{12}$/;

/** Ids of workers this phone has met and cannot name yet, at most fifty. */
export function strangers(core: Core): string[] {
  const known: Names = core.news.value.names ?? {};
  const met = new Set<string>();
  for (const f of core.mirror.feedNames()) for (const doc of core.mirror.buckets(f).values()) meet(met, doc);
  const { id } = core.news.value.worker;
  return [...met].filter((one) => one !== id && known[one] === undefined && WORKER.test(one)).slice(0, 50);
}

function meet(met: Set<string>, doc: Doc): void {
  for (const { actor } of doc.e) if (actor) met.add(actor);
  for (const { log = [] } of [...(doc.h ? [doc.h] : []), ...Object.values(doc.p)]) for (const said of log) met.add(said.actor);
}

/** Keeps the names of those who were asked about; who has none is not asked about again. */
export function learn(core: Core, asked: readonly string[], names: Names): Promise<void> {
  const found = Object.fromEntries(asked.map((id) => [id, names[id] ?? '']));
  return commitNews(core, { ...core.news.value, names: { ...core.news.value.names, ...found } });
}
