/** A town with one village and one phone in it, and the few things tests do over and over. */
import { type Line, lineTo } from './line';
import { type Phone, type PhoneSetup, VILLAGE, startPhone } from './phone';
import { digestOf } from './state';
import { Town } from './town';

export const FEED = `${VILLAGE}.common`;

export interface Village {
  town: Town;
  line: Line;
  phone: Phone;
}

export async function village(setup: PhoneSetup = {}): Promise<Village> {
  const town = new Town();
  await town.open(VILLAGE);
  const line = lineTo(town);
  return { town, line, phone: await startPhone(line, setup) };
}

/** A household with one woman, registered on the phone. */
export async function family({ store }: Phone): Promise<{ house: string; person: string }> {
  const [house, person] = [store.newId(), store.newId()];
  await store.patch('household', house, { area: VILLAGE, group: '3', number: '12' });
  await store.patch('person', person, { name: '周桂兰', sex: 'f', birth: '1988-04-02', household: house });
  return { house, person };
}

export const visit = (about: { person?: string; household?: string }, answers = {}, form = 'household_visit') => ({
  form, area: VILLAGE, occurredOn: '2026-11-30', answers, ...about,
});

/** A row the town itself appends: hide, erase, move, … */
export function say(town: Town, kind: string, body: object, more: object = {}): Promise<void> {
  const count = town.state.feeds.get(FEED)?.rows.length ?? 0;
  const id = `0190c000-0000-7000-8000-${String(count).padStart(12, '0')}`;
  return town.append(FEED, { id, kind, area: VILLAGE, body: body as never, digest: digestOf(count), ...more });
}
