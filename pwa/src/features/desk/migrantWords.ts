import type { Word } from '../../i18n/words';

export const M = {
  sheet: ['每月信息报告单（来去的人）', 'Monthly sheet: people who move'],
  why: ['数的是服务做了什么。点一个数，看后面的记录；看了会记下。', 'It counts what the service did. Press a number for what is behind it; looking is written down.'],
  month: ['哪个月', 'Month'],
  arrived: ['来的人', 'Arrived'],
  left: ['走的人', 'Left'],
  served: ['给来的人做的服务（条）', 'Services for those who came (records)'],
  sent: ['转出的记录', 'Records sent along'],
  received: ['转来的记录', 'Records received'],
  open: ['还没回话的', 'Not answered yet'],
  guest: ['拿卡来的', 'by her card'],
} as const satisfies Record<string, Word>;
