import type { Word } from '../../i18n/words';

export const L = {
  fewer: ['少 {n} 个', '{n} fewer'],
  more: ['多 {n} 个', '{n} more'],
  lotOf: ['批号 {lot}', 'lot {lot}'],
  noLot: ['没写批号', 'no lot'],
  until: ['{month}到期', 'expires {month}'],
  another: ['还有别的批', 'Another lot'],
  item: ['品种', 'Item'],
  choose: ['请选', 'Choose'],
  lot: ['批号', 'Lot'],
  expiry: ['到期日', 'Expiry day'],
  add: ['加上', 'Add'],
  saving: ['正在记…', 'Saving…'],
} as const satisfies Record<string, Word>;
