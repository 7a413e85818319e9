import type { Word } from '../../i18n/words';

export const W = {
  no: ['她不愿意', 'She says no'],
  consent: ['先问问她', 'Ask her first'],
  aloud: ['念给她听', 'Read aloud'],
  readHer: ['这台手机不会念。请念给她听，或让她自己看。', 'This phone has no voice: read it to her, or let her read.'],
  stop: ['停', 'Stop'],
  earlier: ['{day}她说过不用。她改主意了再记。', 'She declined on {day}. Record only if she changed her mind.'],
  how: ['她怎么答应', 'How she agrees'],
  sign: ['手指签字', 'Signs with a finger'],
  oral: ['口头，有人作证', 'Spoken, with a witness'],
  signHere: ['请她在这里签', 'Please sign here'],
  signature: ['她的签字', 'Her signature'],
  again: ['重签', 'Clear'],
  witness: ['谁作证', 'Who is the witness'],
  witnessHint: ['不能是你自己。', 'Not you yourself.'],
  yes: ['她同意', 'She agrees'],
  needSign: ['请她先签字，或改成口头答应', 'Let her sign first, or choose “spoken”'],
  needWitness: ['请写上谁作证，不能是你自己', 'Write who the witness is; not yourself'],
  noText: ['没有这一项的问话', 'There is no text for this'],
} as const satisfies Record<string, Word>;
