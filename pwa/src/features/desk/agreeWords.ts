import type { Word } from '../../i18n/words';

const KINDS = {
  revoked_but_hers: ['卡停用了，她名下还写着有', 'the card is out of use, her row says she has it'],
  expired: ['卡过期了，她名下还写着有', 'the card has expired, her row says she has it'],
  lost_but_good: ['记了丢失，卡还能用', 'told lost, still in use'],
  older_too: ['有了新卡，旧卡还能用', 'she has a newer card, the older is still in use'],
  given_twice: ['这张卡已经是另一个人的', 'the card is another person’s already'],
} as const satisfies Record<string, Word>;

const DEEDS = {
  revoked_but_hers: ['名下去掉', 'End the row'],
  expired: ['名下去掉', 'End the row'],
  lost_but_good: ['停用这张卡', 'Take it out of use'],
  older_too: ['停用旧卡', 'Take the older out of use'],
  given_twice: ['这一条作废', 'Take this row back'],
} as const satisfies Record<keyof typeof KINDS, Word>;

export const G = {
  title: ['证、卡、机对一对', 'Do cards, lists and rows agree?'],
  why: ['旧证件只记“看过”，没有别的可对。服务照常，不用催她。', 'Of old papers only “seen” is kept, so there is nothing of them to compare. She is served all the same.'],
  agree: ['都对得上', 'They agree'],
  kinds: KINDS,
  deeds: DEEDS,
} as const;
