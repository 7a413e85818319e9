/** The lock page and its keys. */
import type { Word } from '../../i18n/words';

export const W = {
  who: ['你是哪位？', 'Who are you?'],
  newcomer: ['上面没有我，登录', 'I am not among them: sign in'],
  people: ['这台手机上的人', 'People on this phone'],
  offline: ['没有网也能用', 'Works without a network'],
  bigger: ['大字', 'Larger'],
  unsent: ['未发 {n}', '{n} unsent'],
  allSent: ['收齐了', 'All sent'],
  pressed: ['6 位数，已按 {n} 位', 'Six digits, {n} pressed'],
  keys: ['按 6 位数', 'Press six digits'],
  back: ['退一位', 'Delete'],
  forgot: ['忘了', 'Forgot'],
  opening: ['正在打开…', 'Opening…'],
  wrong: ['数字不对，再试试。还能试 {n} 次', 'Not right. {n} {n|try|tries} left'],
  wait: ['歇一会儿再按：还有 {n} 秒', 'Wait {n} s before the next try'],
  rule: ['按错 3 次要歇一会儿，错 10 次要登录重设。记好的都在，不会丢。', '3 wrong: wait. 10 wrong: sign in. Nothing is lost.'],
  deliver: ['不打开，先把未发的 {n} 条送走', 'Send {n} unsent without unlocking'],
  delivering: ['正在送…', 'Sending…'],
  delivered: ['送到了 {n} 条', '{n} arrived'],
  save: ['没有网？存成文件，拷到站里', 'No network? Save a file for the station'],
  saved: ['存好了：把这个文件交给站里。里面的字只有站里能看', 'Saved: give this file to the station. Only the station can read it'],
  soon: ['再过 {n} 天要连一次网，不然打不开', 'Connect within {n} {n|day|days} or it will not open'],
} as const satisfies Record<string, Word>;
