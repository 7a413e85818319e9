import type { Word } from '../../i18n/words';

export const G = {
  title: ['发药具，不记名', 'Hand out, no name'],
  sub: ['只记数量，不记是谁', 'Only the number is kept, not who'],
  item: ['发什么', 'What'],
  inBag: ['包里 {n} {unit}', '{n} {unit} in the bag'],
  count: ['发几个', 'How many'],
  save: ['记下', 'Save'],
  saveN: ['发 {n} {unit}，记下', 'Give {n} {unit} and save'],
  missing: ['还有没填好的，看标黄的地方', 'Something is not filled in; see the marked places'],
  pills: ['口服药要先问几句，从她的页面记；她不愿意留名，那里也只记数量。', 'Pills need some questions first: begin at her page. If she wants no record, only the number is kept there, too.'],
} as const satisfies Record<string, Word>;
