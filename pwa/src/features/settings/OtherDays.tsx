/** The days that are not like the others, each a short path: what she does, and what the station does. */
import type { Word } from '../../i18n/words';
import { useT } from '../../ui/app';

const W = { title: ['遇到这些事', 'When this happens'] } as const satisfies Record<string, Word>;

interface Day {
  readonly name: Word;
  readonly steps: readonly Word[];
}

const DAYS: readonly Day[] = [
  { name: ['忘了密码', 'Forgotten password'], steps: [
    ['告诉站里，站里给一个新密码。', 'Tell the station; it gives you a new password.'],
    ['有网时用新密码登录。记好的都在。', 'Sign in with it where there is a network. What you recorded is kept.'],
    ['登录后在这一页改成自己的密码。', 'Then change it on this page to one of your own.'],
  ] },
  { name: ['忘了六位数字', 'Forgotten six digits'], steps: [
    ['在锁屏上点“忘了”，有网时用密码登录。', 'Tap “Forgot” on the lock page and sign in with your password.'],
    ['再选六位新的，名单再取一次。没发的会送到；还没记下的草稿会丢。', 'Choose six new ones; the lists come again. What is unsent still arrives; a form not yet saved is lost.'],
  ] },
  { name: ['换新手机', 'A new phone'], steps: [
    ['旧手机先点“现在发”，等到都发完。', 'On the old phone tap “Send now” until all is sent.'],
    ['站里打一张新纸条。新手机打开网址，登录，输登记码。', 'The station prints a new slip. On the new phone open the address, sign in, enter the code.'],
    ['名单自己取来，哪天换都行。旧手机请站里停用。', 'The lists come by themselves, any day of the month. The station switches the old phone off.'],
    ['旧手机坏了，镇里收到过的一条不少；没发的还锁在旧手机里，修好开机，谁都能点“送走”。', 'If the old one is broken, all that the town received comes back; what was unsent stays locked inside, and once it starts again anyone can send it.'],
  ] },
  { name: ['村子交给别人', 'Handing a village over'], steps: [
    ['先点“现在发”。', 'Tap “Send now” first.'],
    ['站里把村子转给她，你手机上的名单会收走；没发的照样发到镇里。', 'The station gives the village to her; its list leaves your phone; unsent work is still sent.'],
    ['她的手机同步一次，名单、以前的事都在。', 'Her phone syncs once and has the list and its history.'],
  ] },
  { name: ['请假', 'Leave'], steps: [
    ['告诉站里从哪天到哪天、谁替你。', 'Tell the station from when to when, and who stands in.'],
    ['替的人手机上会多出你的村，到日子自己收回。', 'Your villages appear on her phone and leave it by themselves.'],
    ['你的手机不用动，回来接着用。', 'Leave your phone as it is and go on with it afterwards.'],
  ] },
  { name: ['手机丢了', 'A lost phone'], steps: [
    ['马上告诉站里，站里点“丢了”。', 'Tell the station at once; it marks the phone as lost.'],
    ['没有数字打不开。手机再连上网，没发的先送到镇里，然后清空。', 'It does not open without the digits. When it next has a network, unsent work goes to the town and the phone empties itself.'],
  ] },
];

export function OtherDays() {
  const t = useT();
  return (
    <>
      <h2>{t(W.title)}</h2>
      {DAYS.map(({ name, steps }) => (
        <details key={name[0]}><summary>{t(name)}</summary><ol class="stack paths">{steps.map((step) => <li key={step[0]}>{t(step)}</li>)}</ol></details>
      ))}
    </>
  );
}
