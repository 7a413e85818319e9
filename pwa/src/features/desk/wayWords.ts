import type { Word } from '../../i18n/words';

export const Y = {
  later: ['还在路上，收到时再记', 'On its way: written as received when it arrives'],
  laterHint: ['记下后打印单子，跟着药具走。', 'Save, then print the document: it goes with the goods.'],
  title: ['药具单（在路上）：{from} → {to}', 'Document of stock on its way: {from} → {to}'],
  titleBack: ['退回的药具（等站里点收）：{from} → {to}', 'Given back, to be counted here: {from} → {to}'],
  square: ['单 {number} 的方块', 'The square of document {number}'],
  scan: ['收的人用手机“我的药包”里的“扫单子收药”对着方块，点清了就收下，没网也行。', 'Whoever receives it scans the square from “My bag” on the phone, counts and receives it, without a network too.'],
  number: ['单号 {number}　{day} 发出', 'Document {number}, issued {day}'],
  sent: ['发出', 'Sent'],
  came: ['点到', 'Counted'],
  cameNth: ['{item} {lot} 点到几个', '{item} {lot}: how many came'],
  take: ['收到了，记下', 'Received: save'],
  print: ['打印单子', 'Print the document'],
  note: ['照点到的数记，和发出的不一样会列出来，不怪谁。一张单只收一次。', 'What was counted is written; a difference from what was sent is listed, and nobody is blamed. A document is received once.'],
  sign: ['发的人＿＿＿＿＿＿　收的人＿＿＿＿＿＿　日期＿＿＿＿＿＿', 'Issued by ____________  Received by ____________  Date ____________'],
  way: ['{day} {where} 收到：{item} {lot}，发出 {book}，点到 {counted}', '{day}, {where} received: {item} {lot}, sent {book}, counted {counted}'],
  again: ['{day} {where} 又收了一次同一张单：{item} {lot} {counted}，没有再算', '{day}, {where} received the same document again: {item} {lot} {counted}, not counted'],
} as const satisfies Record<string, Word>;
