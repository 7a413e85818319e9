import type { Word } from '../../i18n/words';

export const O = {
  title: ['{month}领药具的单子（建议）', 'What to order in {month} (a proposal)'],
  used: ['近 {days} 天发出', 'Handed out in {days} days'],
  needed: ['{months} 个月要用', 'For {months} months'],
  good: ['能用的还有', 'Good ones there'],
  wanted: ['该领', 'To order'],
  got: ['实领', 'Received'],
  none: ['都够用，这个月不用领。', 'There is enough of everything: nothing to order this month.'],
  unused: ['另有 {n} 种近 {days} 天没有发过，不在单子上。', '{n} other items were not handed out in {days} days and are not listed.'],
  how: ['要用的＝近 {days} 天发出的 ÷ {days} × 30 × {months} 个月，有零头进 1；该领＝要用的减去没过期的。点数字看是怎么来的。', 'Needed: handed out in {days} days ÷ {days} × 30 × {months} months, rounded up. To order: needed less what is not expired. Choose a number to see what it is made of.'],
  below: ['账上是负数的当 0 算：先查哪里少记了。', 'A book below nothing counts as 0: see first what was not written down.'],
  print: ['打印单子', 'Print'],
  place: ['{place}　{day}', '{place}, {day}'],
  sign: ['经手人＿＿＿＿＿＿　站长＿＿＿＿＿＿', 'Made by ____________  Head of station ____________'],
  usedOf: ['近 {days} 天发出的 {item}：{n} 笔，一共 {pieces}', '{item} handed out in {days} days: {n} times, {pieces} in all'],
  goodOf: ['能用的 {item}：{n}', '{item} that is good: {n}'],
  goodLine: ['{where}　批号 {lot}　到期 {expiry}', '{where}, lot {lot}, expires {expiry}'],
} as const satisfies Record<string, Word>;
