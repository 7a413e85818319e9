/** Who changed what of a person or household: what the town told, then what this phone said and the town has not merged. Pure. */
import type { Change } from './api';
import type { Said, Thing } from './mirror';
import { type Local, whereOf } from './outbox';
import { asShown } from './rebase';
import type { Fields } from './wire';

/** Newest first. `locals`: this phone's patches of it, in the order they were made. */
export function changesOf(state: Thing | undefined, locals: readonly Local[]): Change[] {
  const told = new Map((state?.log ?? []).map((said) => [said.rev ?? said.id, said]));
  const set: Fields = { ...state?.set };
  const ours = locals.flatMap((local) => {
    const clashes = clashesOf(local);
    if (clashes.length) return [clashing(local, clashes)];
    if (local.state === 'kept' || told.has(local.event.id)) return [];
    return [waiting(local, set, state === undefined)];
  });
  return [...[...told.values()].map(said), ...ours].reverse().sort((a, b) => b.at - a.at);
}

const said = ({ id, t, actor, role, set, was }: Said): Change => ({ id, at: t, author: actor, role, where: 'town', set: named(set), was });

/** The search key goes with the name and says nothing of its own. */
function named({ name_key, ...set }: Fields): Fields {
  void name_key;
  return set;
}

const who = ({ event, state }: Local) => ({ id: event.id, at: event.t, author: event.actor, role: event.role, where: whereOf(state) });

function waiting(local: Local, set: Fields, unknown: boolean): Change {
  const now = asShown(local.event.body.set ?? {});
  const born = unknown && Object.keys(local.event.body.base ?? {}).length === 0;
  const was = pick(set, Object.keys(now));
  if (whereOf(local.state) !== 'ask') Object.assign(set, now);
  return { ...who(local), set: now, ...(born ? { born } : { was }) };
}

/** The town kept the other value too, and the station asks. */
function clashing(local: Local, clashes: string[]): Change {
  return { ...who(local), set: pick(asShown(local.event.body.set ?? {}), clashes), clashes };
}

function clashesOf({ flags = [] }: Local): string[] {
  const fields = flags.filter((flag) => flag.startsWith('conflict:')).map((flag) => flag.slice('conflict:'.length));
  return fields.map((field) => (field === 'id_number' ? 'id_last4' : field));
}

const pick = (from: Fields, keys: readonly string[]): Fields => Object.fromEntries(keys.map((key) => [key, from[key] ?? null]));
