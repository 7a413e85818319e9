/** Two phones, a town and all that can happen to them; and what must hold whatever happens. */
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import type { Port } from '../../store/port';
import { diskOf } from './disk';
import type { Killer } from './killer';
import { FAULTS, type Fault, type Line, lineTo } from './line';
import { OTHER_VILLAGE, type Phone, VILLAGE, startPhone } from './phone';
import { Town } from './town';

type PhoneAct =
  | { do: 'record' | 'bad' | 'patch' | 'undo'; phone: number; village: number }
  | { do: 'sync'; phone: number; faults: Fault[]; dieAfter: number }
  | { do: 'die_writing'; phone: number; village: number; dieAfter: number }
  | { do: 'restart'; phone: number };
type TownAct = { do: 'grant'; village: number } | { do: 'backup' } | { do: 'restore' };
export type Act = PhoneAct | TownAct;

const phone = fc.nat(1);
const village = fc.nat(1);
const faults = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant<Fault>('ok') }, { weight: 2, arbitrary: fc.constantFrom(...FAULTS) }), { maxLength: 6 });

export const anyActs: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof<fc.MaybeWeightedArbitrary<Act>[]>(
    { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('record' as const, 'record' as const, 'patch' as const, 'bad' as const, 'undo' as const), phone, village }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('sync' as const), phone, faults, dieAfter: fc.oneof(fc.constant(Infinity), fc.nat(12)) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('die_writing' as const), phone, village, dieAfter: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), phone }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('grant' as const), village }) },
    { weight: 2, arbitrary: fc.constantFrom<TownAct>({ do: 'backup' }, { do: 'restore' }) },
  ),
  { minLength: 4, maxLength: 24 },
);

const VILLAGES = [VILLAGE, OTHER_VILLAGE];
const HOUSES = ['0190b000-0000-7000-8000-000000000001', '0190b000-0000-7000-8000-000000000002'];

export class World {
  readonly town = new Town();
  readonly line: Line = lineTo(this.town);
  phones: Phone[] = [];
  readonly written = new Set<string>();
  private readonly names = ['wang', 'li'];

  constructor(
    private readonly killer: Killer,
    /** a known fault of a real system, switched on */
    private readonly broken: (port: Port) => Port = (port) => port,
  ) {}

  async begin(): Promise<void> {
    for (const area of VILLAGES) await this.town.open(area);
    this.town.chunkRows = 3;
    this.town.pageSize = 4;
    for (const name of this.names) {
      this.phones.push(await startPhone(this.line, { name, factory: new IDBFactory(), closedByCaller: true, broken: this.broken }));
    }
  }

  async run(acts: readonly Act[]): Promise<void> {
    await this.begin();
    try {
      for (const act of acts) {
        await this.act(act);
        await this.nothingIsLost();
      }
      await this.heal();
    } finally {
      for (const { store } of this.phones) await store.close();
    }
  }

  private async act(act: Act): Promise<void> {
    if (act.do === 'backup') this.town.saveBackup();
    else if (act.do === 'restore') this.town.restore();
    else if (act.do === 'grant') this.toggle(act.village);
    else await this.onPhone(act);
  }

  private toggle(n: number): void {
    const f = `${VILLAGES[n] ?? ''}.common`;
    if (!this.town.grants.delete(f)) this.town.grants.add(f);
  }

  private async onPhone(act: PhoneAct): Promise<void> {
    const phone = this.phones[act.phone];
    if (!phone) return;
    if (act.do === 'restart') return phone.restart();
    if (act.do === 'undo') return this.undo(phone);
    if (act.do === 'sync') {
      this.line.faults = [...act.faults];
      return this.mayDie(phone, act.dieAfter, () => phone.engine.sync());
    }
    if (act.do === 'die_writing') return this.mayDie(phone, act.dieAfter, () => this.write(phone, 'record', act.village));
    return this.write(phone, act.do, act.village);
  }

  private async mayDie(phone: Phone, after: number, task: () => Promise<unknown>): Promise<void> {
    this.killer.after(after);
    await task().catch(() => undefined);
    this.killer.revive();
    this.line.faults = [];
    if (after !== Infinity) await phone.restart();
  }

  private async write({ store }: Phone, what: 'record' | 'bad' | 'patch', n: number): Promise<void> {
    const [area = '', household = ''] = [VILLAGES[n], HOUSES[n]];
    const form = what === 'bad' ? 'unheard_of' : 'household_visit';
    const id = what === 'patch' ? await store.patch('household', household, { number: String(this.written.size) }, { area }) : await store.record({ form, area, household, occurredOn: '2026-11-01', answers: {} });
    this.written.add(id);
  }

  /** Takes the newest back, if it may be. */
  private async undo({ store, factory }: Phone): Promise<void> {
    const newest = (await diskOf(factory, this.names[this.phones.findIndex((p) => p.store === store)] ?? '')).outbox.pop();
    if (!newest) return;
    const gone = await store.undo(newest.id).then(() => true, () => false);
    if (gone) this.written.delete(newest.id);
  }

  async nothingIsLost(): Promise<void> {
    const found = this.town.ids();
    for (const [i, phone] of this.phones.entries()) {
      for (const row of (await diskOf(phone.factory, this.names[i] ?? '')).outbox) found.add(row.id);
    }
    const lost = [...this.written].filter((id) => !found.has(id));
    if (lost.length) throw new Error(`lost: ${lost.join(', ')}`);
    const forked = [...this.town.state.parked.keys()].filter((key) => key.includes('/'));
    if (forked.length) throw new Error(`forked: ${forked.join(', ')}`);
  }

  /** The network is well: all must arrive, and all must see the same. */
  async heal(): Promise<void> {
    this.line.faults = [];
    for (let round = 0; round < 3; round++) for (const phone of this.phones) await phone.engine.sync();
    for (const [i, phone] of this.phones.entries()) {
      if (phone.store.status.value.unsent) throw new Error('an outbox never empties');
      this.sameAsTown(phone, i);
      await phone.restart();
      this.sameAsTown(phone, i);
    }
    const missing = [...this.written].filter((id) => !this.town.ids().has(id));
    if (missing.length) throw new Error(`never arrived: ${missing.join(', ')}`);
  }

  private sameAsTown({ store }: Phone, i: number): void {
    const shown = [...store.bundles.value.values()].flatMap((bundle) => bundle.records);
    const seen = [...shown, ...store.loose.value].filter((rec) => rec.where === 'town').map((rec) => rec.id).sort();
    const rows = [...this.town.grants].flatMap((f) => this.town.state.feeds.get(f)?.rows ?? []);
    const want = rows.filter((row) => row.kind === 'record').map((row) => row.id).sort();
    if (JSON.stringify(seen) !== JSON.stringify(want)) throw new Error(`phone ${i} did not converge: ${seen.length} of ${want.length}`);
    for (const [n, id] of HOUSES.entries()) {
      const states = this.town.grants.has(`${VILLAGES[n] ?? ''}.common`) ? rows.filter((row) => row.household === id && row.kind === 'state') : [];
      const number = Object.assign({}, ...states.map((row) => row.body?.set ?? {})) as { number?: string };
      if (store.bundles.value.get(id)?.household.number !== number.number) throw new Error(`phone ${i} shows another door than the town`);
    }
  }
}
