import type { Word } from '../../i18n/words';

export const W = {
  title: ['同步', 'Sync'],
  idle: ['记好就自己发，不用守着', 'It sends by itself; no need to wait'],
  sending: ['正在发，还剩 {n} 条', 'Sending, {n} left'],
  receiving: ['正在收，收了 {n} 条', 'Receiving, {n} so far'],
  offline: ['没有网。照常记，有网会自己发', 'No network. Record as usual; it sends when there is one'],
  halted: ['停了一下，原因在下面', 'It stands still; see below'],
  stopped: ['停了：{why}', 'Stopped: {why}'],
  retryAt: ['{hour} 自己再试', 'It tries again at {hour}'],
  waiting: ['{n} 条还在手机上', '{n} {n|record|records} still on the phone'],
  none: ['都发完了，手机上没有剩', 'All is sent; nothing is left on the phone'],
  oldest: ['最早是{when}', 'The oldest is from {when}'],
  ask: ['要你看一眼', 'Needs a look'],
  items: ['{n} 条', '{n} {n|item|items}'],
  whole: ['记的都留着，一个字没丢。', 'It is kept whole; not a word is lost.'],
  seen: ['看过了', 'Seen'],
  open: ['打开看', 'Open'],
  received: ['镇里收到了', 'The town has'],
  count: ['{n} 条，一条不少', '{n} {n|record|records}, complete'],
  noneYet: ['还没有发过', 'Nothing was sent yet'],
  fresh: ['各村有多新', 'How fresh each village is'],
  coming: ['正在取，断了会接着取', 'Coming; it goes on if the line breaks'],
  now: ['现在发', 'Send now'],
  busy: ['正在发…', 'Sending…'],
  signIn: ['再登录一次', 'Sign in again'],
  registerAgain: ['重新登记', 'Register again'],
  clock: ['手机的钟和镇里差 {n} 分钟。记录照样收，请把手机时间调成自动。', 'The phone’s clock is {n} minutes off. Records are taken all the same; please set the time to automatic.'],
  notices: ['知道一下', 'Good to know'],
  common: ['随访', 'visits'],
  clinical: ['检查', 'check-ups'],
  stock: ['药具', 'supplies'],
} as const satisfies Record<string, Word>;

/** Things told once, by their stable code. */
export const NOTICES: Readonly<Record<string, Word>> = {
  feed_refetched: ['有一个村的名单重新取过一遍，没有少', 'One village was fetched afresh; nothing is missing'],
  store_emptied: ['浏览器清掉过数据，已从镇里取回', 'The browser had emptied the phone; it was fetched again'],
  restored_server: ['镇里的机器换过备份，手机把记录又送了一遍', 'The town’s server was restored; this phone sent its records again'],
  fork: ['这台手机的记录和镇里对不上，两份都留着', 'This phone’s records differ from the town’s; both are kept'],
  feed_dropped: ['有一个村不归你管了，名单已收走，没发的照样发', 'One village is no longer yours; unsent work is still sent'],
};
