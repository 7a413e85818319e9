import type { Word } from '../../i18n/words';

export const W = {
  already: ['今天{who}已经记过一次。不是同一件事再记。', '{who} wrote this down today already. Only write it again if it is something else.'],
  pick: ['记一张表', 'Write a form'],
  nothing: ['没有你能给她记的表', 'There is no form here for you to write'],
  young: ['未满 18 岁，请技术员来。', 'Under 18: please leave this to the technician.'],
  noForm: ['没有这张表', 'No such form'],
  aside: ['先放下，草稿留着', 'Put aside; the draft stays'],
  begun: ['写了一半', 'half written'],
  askFirst: ['这一项要她同意才记：{purpose}。', 'This is kept only if she agrees: {purpose}.'],
  ask: ['先问问她', 'Ask her first'],
  which: ['接着哪一次', 'Which one does it continue?'],
  none: ['还没有第一次的记录，先记第一次。', 'There is no first record yet; write that one first.'],
  save: ['记下', 'Save'],
  saving: ['正在记…', 'Saving…'],
  missing: ['还有没填好的，看标黄的地方', 'Something is not filled in; see the marked places'],
  refer: ['一起转诊', 'Refer her with it'],
  referring: ['会一起转诊', 'A referral goes with it'],
  call: ['打 120', 'Call 120'],
} as const satisfies Record<string, Word>;
