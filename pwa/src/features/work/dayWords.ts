import type { Word } from '../../i18n/words';

export const D = {
  title: ['普查日', 'Campaign day'],
  village: ['哪个村', 'Village'],
  form: ['今天做什么', 'What is done today'],
  next: ['下一位：{name}', 'Next: {name}'],
  scan: ['扫卡', 'Scan'],
  find: ['找人', 'Find'],
  summary: ['今天记了 {seen} 人，还可以来 {waiting} 人', '{seen} seen today; {waiting} may still come'],
  declined: ['来了说不用的 {n} 人', '{n} came and said no thank you'],
  twice: ['有 {n} 人今天记了两次，发之前看一眼', '{n} were written down twice today; look before sending'],
  unsent: ['还没发的 {n} 条。先看一遍，再发', '{n} not sent yet. Look through them, then send'],
  send: ['去发', 'To sending'],
  waiting: ['还可以来的', 'May still come'],
  seen: ['今天记过的', 'Seen today'],
  both: ['记了两次', 'Written twice'],
  by: ['{who}记的', 'by {who}'],
  before: ['{day}做过', 'Done {day}'],
  nobody: ['这个村还没有人同意筛查。人来了，扫卡或找到她，先在她的页面问问她。', 'Nobody of this village has agreed to screening yet. When someone comes, scan her card or find her, and ask her on her page first.'],
  none: ['没有你记的筛查表', 'There is no screening form for you'],
  note: ['只列同意筛查的人。没来的不追问。', 'Only those who agreed are listed. Nobody is pressed to come.'],
} as const satisfies Record<string, Word>;
