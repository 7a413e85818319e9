import type { Word } from '../../i18n/words';

export const W = {
  no: ['她不愿意', 'She says no'],
  consent: ['先问问她', 'Ask her first'],
  aloud: ['念给她听', 'Read aloud'],
  readHer: ['这台手机不会念。请念给她听，或让她自己看。', 'This phone has no voice: read it to her, or let her read.'],
  stop: ['停', 'Stop'],
  earlier: ['{day}她说过不用。她改主意了再记。', 'She declined on {day}. Record only if she changed her mind.'],
  yes: ['她同意', 'She agrees'],
  noText: ['没有这一项的问话', 'There is no text for this'],
} as const satisfies Record<string, Word>;
