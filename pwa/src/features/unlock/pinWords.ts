/** Choosing six digits. */
import type { Word } from '../../i18n/words';

export const W = {
  pinTitle: ['选 6 位数', 'Choose six digits'],
  pinWhy: ['每次打开随访都按这 6 位数。别人不知道，就看不到里面的人。', 'You press these to open Suifang.'],
  pinAgain: ['再按一遍', 'Press them again'],
  pinDiffers: ['两遍不一样，从头再来', 'They differ; begin again'],
  pinKeep: ['请记在心里，别写在手机上。忘了可以登录重设。', 'Keep them in your head. If you forget, sign in and choose again.'],
  making: ['正在上锁…', 'Locking the store…'],
} as const satisfies Record<string, Word>;
