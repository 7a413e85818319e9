/** The village of practice: fruit and nuts, so that nobody is mistaken for a neighbour. Days stand relative to today. Pure. */
import { plusDays } from '../../i18n/days';
import type { Answers } from '../../store/api';
import type { FakeVillage } from '../../sync/practice';

const AREA = '000000000001';
const NAME = '果园村';
const WHO = 'practice-worker';
const WITNESS = '核桃';

interface Home {
  readonly group: string;
  readonly number: string;
  readonly people: readonly Neighbour[];
}
interface Neighbour {
  readonly name: string;
  readonly birth: string;
  readonly relation: 'head' | 'spouse' | 'child_in_law';
  readonly sex?: 'm';
  readonly key: string;
  /** what she agreed to, and what was recorded, so many days ago */
  readonly agreed?: readonly string[];
  readonly past?: readonly (readonly [form: string, ago: number, answers: Answers])[];
}

const CONDOMS: Answers = { item: 'condom', qty: 20 };

/** One of each kind of day: late, today, this week, and a door that nobody has agreed at yet. */
function homes(today: string): readonly Home[] {
  const placed = plusDays(today, -29);
  return [
    { group: '1', number: '5', people: [
      { name: '石榴', key: 'shi liu|sl', birth: '1992-05-02', relation: 'spouse', agreed: ['service_record', 'supply'], past: [['contraceptive_supply', 30, CONDOMS]] },
      { name: '核桃', key: 'he tao|ht', birth: '1990-03-11', relation: 'head', sex: 'm' },
    ] },
    { group: '2', number: '7', people: [
      { name: '葡萄', key: 'pu tao|pt', birth: '1995-09-21', relation: 'head', agreed: ['service_record'],
        past: [['contraceptive_followup', 29, { method: 'iud', started_on: placed, still_using: true }]] },
    ] },
    { group: '2', number: '16', people: [{ name: '桃子', key: 'tao zi|tz', birth: '1998-01-30', relation: 'head' }] },
    { group: '3', number: '12', people: [
      { name: '苹果', key: 'ping guo|pg', birth: '1988-04-02', relation: 'head', agreed: ['service_record', 'supply'], past: [['contraceptive_supply', 33, CONDOMS]] },
      { name: '小枣', key: 'xiao zao|xz', birth: '1999-10-12', relation: 'child_in_law', agreed: ['service_record', 'supply'], past: [['contraceptive_supply', 29, CONDOMS]] },
    ] },
    { group: '4', number: '21', people: [{ name: '樱桃', key: 'ying tao|yt', birth: '1986-07-08', relation: 'head', agreed: ['service_record'] }] },
  ];
}

const rev = { '*': 'practice' };

type Rows = FakeVillage['rows'][number][];

function records(id: string, household: string, { agreed = [], past = [] }: Neighbour, today: string): Rows {
  const said = agreed.map((purpose): readonly [string, number, Answers] => [
    'consent', 60, { purpose, decision: 'given', text_version: `${purpose}_1`, mode: 'oral_witness', witness: WITNESS },
  ]);
  return [...said, ...past].map(([form, ago, answers], n) => ({
    id: `${id}-${n}`, kind: 'record', schema: `${form}/1`, t: Date.parse(plusDays(today, -ago)), actor: WHO, role: 'director',
    person: id, household, body: { occurred_on: plusDays(today, -ago), answers },
  }));
}

function home({ group, number, people }: Home, today: string): Rows {
  const household = `practice-${group}-${number}`;
  const ids = people.map((_, n) => `${household}-${n}`);
  return [
    { id: '', kind: 'state', household, body: { type: 'household', set: { area: AREA, group, number }, rev } },
    ...people.map(({ name, key, birth, relation, sex = 'f' }, n): Rows[number] => ({
      id: '', kind: 'state', person: ids[n] ?? '', household,
      body: { type: 'person', set: { household, name, name_key: key, birth, relation, sex, residence: 'resident' }, rev },
    })),
    ...people.flatMap((one, n) => records(ids[n] ?? '', household, one, today)),
  ];
}

/** The whole village as it stands on a day. */
export function fakeVillage(today: string): FakeVillage {
  const rows = homes(today).map((one) => home(one, today)).flat();
  const worker = { id: WHO, name: '练习', role: 'director', areas: [{ code: AREA, name: NAME, role: 'director' }] };
  return { worker, area: AREA, name: NAME, rows };
}
