import type { Word } from '../../i18n/words';

export const CF = {
  title: ['平常范围和选项', 'Usual ranges and options'],
  why: ['超出平常范围的，手机请她再看一眼，不拦。不提供的选项手机不再列出；以前选过的照样显示，照样有效。', 'Outside the usual range a phone asks to look again and stops nothing. Options not offered are no longer listed; what was chosen before is shown and good.'],
  which: ['哪个问题', 'Question'],
  from: ['平常从', 'Usual from'],
  to: ['到', 'to'],
  taken: ['能填 {range}{own}。', 'Taken: {range}{own}.'],
  book: ['，规则书里平常 {range}', ', usual in the rulebook: {range}'],
  narrow: ['有出处，只能收窄。', 'It has a source and may only become narrower.'],
  offered: ['提供哪些（打钩的手机上列出）', 'What is offered (ticked: listed on phones)'],
  preview: ['手机上会写：一般在 {range}', 'A phone will say: usually {range}'],
  save: ['就这样定', 'Decide'],
  saved: ['定下了。手机下次联网就知道', 'Decided. Phones learn it when they next have a network'],
  usual: ['平常 {range}', 'usual {range}'],
  off: ['不提供：{names}', 'not offered: {names}'],
  own: ['照规则书', 'as the rulebook has it'],
  history: ['问题改过的（{n}）', 'Every decision on questions ({n})'],
} as const satisfies Record<string, Word>;
