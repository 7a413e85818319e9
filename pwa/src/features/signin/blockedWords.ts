import type { Word } from '../../i18n/words';

export const W = {
  blockedTitle: ['随访没打开', 'Suifang did not open'],
  blocked: ['多半是另一个窗口还开着随访，或者网断了一下。请关掉别的窗口或标签页，再点这里。记好的都在。', 'Probably Suifang is open in another window, or the line broke. Close other windows or tabs, then tap here. What you recorded is kept.'],
  again: ['再试一次', 'Try again'],
} as const satisfies Record<string, Word>;
