/** When six digits open nothing. */
import type { Word } from '../../i18n/words';

export const W = {
  overTitle: ['太久没连网，先打不开', 'Too long without a network'],
  over: ['连上网，登录一次就好。记好的都在。', 'Connect and sign in once. What you recorded is kept.'],
  goneTitle: ['这 6 位数不能用了', 'These six digits are used up'],
  gone: ['连上网，登录，再选新的 6 位数。名单会再取回来，没发的照样送到。', 'Sign in and choose new digits. What is unsent still arrives.'],
  forgotTitle: ['忘了 6 位数？', 'Forgot your digits?'],
  forgotWhy: ['登录以后选新的，名单再取一次。没发的会送到；正在填、还没记下的草稿会丢。', 'Sign in and choose new ones. What is unsent still arrives; a form not yet saved is lost.'],
  signIn: ['连网登录', 'Sign in'],
  jot: ['先记一笔', 'Write a note now'],
  cancel: ['再想想', 'Try again'],
  jotTitle: ['先记一笔', 'A note for the station'],
  jotWhy: ['记下就封好，这台手机上谁也打不开，只有站里能看，由站里补上。', 'Sealed at once: only the station can read it, and enters it.'],
  jotDay: ['哪天', 'Which day'],
  jotWho: ['谁，住哪里', 'Who, and where'],
  jotWhat: ['做了什么', 'What was done'],
  jotSave: ['封好记下', 'Seal and keep'],
  jotDone: ['记下了，封好了', 'Kept and sealed'],
} as const satisfies Record<string, Word>;
