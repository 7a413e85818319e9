import type { Word } from '../../i18n/words';

export const V = {
  back: ['退回站里', 'Return to the station'],
  spoilt: ['报损', 'Write off'],
  backHint: ['退多少填多少。站里点收以后，就记在站里。', 'Write how many go back. Once the station has counted them they are theirs.'],
  spoiltHint: ['破了的、受潮的、过期的。先留着，交回站里销毁。', 'Torn, damp or expired. Keep them and hand them in to be destroyed.'],
  there: ['包里 {n} {unit}', '{n} {unit} in the bag'],
  nOf: ['{item} {lot} 多少', '{item} {lot}: how many'],
  why: ['怎么坏的（可不写）', 'What happened (may stay empty)'],
  nothing: ['还没填多少', 'No number yet'],
  saveBack: ['退回，记下', 'Return and save'],
  saveSpoilt: ['报损，记下', 'Write off and save'],
} as const satisfies Record<string, Word>;
