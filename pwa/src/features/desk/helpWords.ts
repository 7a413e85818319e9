import type { Word } from '../../i18n/words';

export const H = {
  help: ['这一页怎么用', 'Help for this page'],
  keys: ['键盘', 'Keyboard'],
  on: ['用字母和数字快捷键', 'Letter and digit shortcuts'],
  close: ['知道了', 'Close'],
} as const satisfies Record<string, Word>;

export const KEYS: readonly { readonly keys: readonly string[]; readonly what: Word }[] = [
  { keys: ['G', '1…9'], what: ['先按 G 再按数字，换一页', 'G, then a digit: go to that page'] },
  { keys: ['/'], what: ['找人', 'Find a person'] },
  { keys: ['↑', '↓'], what: ['在名单里上下走，Home、End 到头', 'Move in a list; Home and End to its ends'] },
  { keys: ['Enter'], what: ['打开', 'Open'] },
  { keys: ['1', '2'], what: ['要你定：选一个', 'To decide: choose one'] },
  { keys: ['U'], what: ['要你定：撤回刚才那个', 'To decide: take the last one back'] },
  { keys: ['Esc'], what: ['关掉，返回', 'Close, go back'] },
  { keys: ['?'], what: ['这一页怎么用', 'Help for this page'] },
];

export const HELP = {
  villages: [
    ['每个村一行，按登记册的顺序，不排名。', 'One line a village, in the register’s order; never ranked.'],
    ['“到日子”是这段时间该上门的，“做了”是做了的，“我们晚了”是过了日子还没去的。', '“Due” is what falls into these days, “done” what was done, “we are late” what passed its day.'],
    ['数从记录里现算，没有她的同意，什么都不算到日子。', 'Worked out from records on the spot; without her consent nothing is due.'],
    ['她说不用的，只在满 5 件时列全镇总数，不分村、不分人。', 'Declines stand only as a township total of five or more, never by village or person.'],
    ['右边是好几天没消息的手机，多半是没信号，先问一声。', 'On the right are silent phones: probably no signal. Ask first.'],
  ],
  inbox: [
    ['两个人改得不一样，两个写法都在，谁写的、几点写的都写明。点一个留下。', 'Two people wrote different values: both are there, with who and when. Choose one.'],
    ['用不上的记录整条留着，可以照收，也可以先不收。', 'What could not be used is kept whole: take it in, or leave it out.'],
    ['像是同一个人的两条，您看了定：合成一个，或者不是同一个人。', 'Two entries that look like one person: make them one, or say they are two.'],
    ['从卡的网页交来的也在这里：照写着的日子以前答复，办好了点“办好了”。', 'What was asked on the cards’ page is here, too: answer by the day it names, then press Done.'],
    ['定错了按“撤回”，什么时候都行，除非之后又有人改过。', 'A decision can be taken back any time, unless somebody changed it since.'],
  ],
  people: [
    ['写名字、拼音、首字母，或电话、身份证的后四位，按回车。', 'Type a name, pinyin, initials, or the last four of a telephone or ID number; press Enter.'],
    ['找全镇的人，最多列 50 个。', 'Searches the whole township; at most fifty are listed.'],
    ['找了什么、打开了谁，都会记下。', 'What you searched and whom you opened is written down.'],
  ],
  person: [
    ['打开这一页已记下来。下面写着谁看过她的记录。', 'Opening this page was written down. Below stands who has looked at her records.'],
    ['她想在自己手机上看：当面出一个码，一刻钟内用一次。', 'She wants to look on her own phone: make a code, face to face; good once, for a quarter of an hour.'],
    ['没有她的同意，记录不在这里。检查的内容只有技术员能看。', 'Without her consent records are not here. What a check-up says only the technician sees.'],
  ],
  figure: [
    ['点一个数，右边列出它数的记录。名字遮着，打开一个人会记下。', 'Choose a count and its records are listed. Names are covered; opening one is written down.'],
    ['这个数没有指标，不比村，不排名。', 'The figure has no target; villages are not compared.'],
  ],
  workers: [
    ['在这里加人、停用、给村、收村、把村交给另一个人。', 'Add and switch off workers, give or take villages, hand them over.'],
    ['交村以后，两台手机下次联网时自动换名单，记过的都在。', 'After a handover both phones change their lists at the next sync; nothing recorded is lost.'],
    ['“改”里写她包里有什么药具、哪一批、几时到期；写错了点“改回原来的”。', 'Under Change write what she carries, which lot, when it expires; “Set back” undoes it.'],
    ['忘了密码，点“新密码”，抄给她。', 'Password forgotten: make a new one and hand it over.'],
  ],
  phones: [
    ['出登记码，打印或抄在纸条上，交到她手里。一天内用一次。', 'Make a code, print or copy the slip, hand it over. Good once, for a day.'],
    ['手机上的核对码要和纸条一样。', 'The check mark on the phone must be the one on the slip.'],
    ['丢了点“报丢”：它马上不能登录，下次联网先把没发的送来，再清空自己。', 'Lost: it can no longer sign in; at its next contact it first delivers what is unsent, then empties itself.'],
  ],
  import: [
    ['选登记册（.xlsx），先看会怎么变，什么都还没改。', 'Choose the workbook (.xlsx) and see what would change; nothing is changed yet.'],
    ['有问题的行写明原因，可以下载标好的表，改好再导。', 'Rows with a problem say why; download the marked copy, correct it, import again.'],
    ['看好了点“导入”。导入时手机照常收发，关掉这一页也不要紧。', 'Then press Import. Phones are served meanwhile, and you may close the page.'],
  ],
  stock: [
    ['每一批在哪里、还有多少，都是把记下的收、发、退、盘、损加起来的，不另外存。', 'Where each lot lies is the sum of what was written down: received, issued, handed out, returned, counted, written off.'],
    ['村里发给人的，手机发来就算进去。数是负的，是哪里少记了一笔，补上就好。', 'What is handed out in a visit counts as soon as the phone sent it. Below nothing means something was not written down.'],
    ['发给一个人的包，她的手机下次联网就有这些批号。', 'What goes into a bag is offered on her phone after its next sync.'],
    ['召回一批，列出领过的人；每看一次都记下来。', 'Calling a lot back lists who received it; each look is written down.'],
  ],
  transfers: [
    ['她要去别处：在她的页上点“给她转记录”，让她一样一样挑，看过再答应。', 'She is moving: on her page press “Let her record go along”; she picks one by one, sees it, then agrees.'],
    ['转来的先看内容，收下或者写明为什么不收。检查的内容只有技术员能看。', 'What arrives: open it, acknowledge, or decline and say why. Check-ups are for the technician.'],
    ['收下以后放进她的记录：她在这里同意记的，才看得到、才会排下次。', 'After acknowledging, put it into her record: it shows and leads to a next time only where she agreed here.'],
    ['本服务器里的镇马上到；别的服务器靠文件，来回都是。', 'Townships of this server have it at once; another server gets a file, and so does its answer come.'],
    ['日子只算服务站办得快不快，不算人。', 'Days count how quick the stations are, never a person.'],
  ],
  county: [
    ['这里的数没有国家的规定可照，或者规定要各地自己定：先照着用，等当地主管部门确认。', 'No national rule settles these, or it leaves them to each place: they are used as they stand until the local authority confirms them.'],
    ['勾上，写明凭哪份文件、哪次会，再点“确认”。确认不改数。', 'Tick them, write by which paper or meeting, press Confirm. Confirming changes no number.'],
    ['确认错了，在“已确认”里收回。谁、几时、凭什么，都留着。', 'A mistake is taken back under Confirmed. Who, when and on what ground all stay.'],
    ['“随访天数和范围”：换一份或者改几个数，先算，再写凭据定下。新记的才按新天数；定错了可以收回。平常范围、提供哪些选项也在这一页定。', '“Days and ranges”: take another set or change the numbers, count first, then decide with a ground. Only new records count by them; a mistake can be taken back. Usual ranges and options are set here too.'],
    ['以后换了版本，数变了的，自己回到“待确认”。', 'If a later version holds another number, that one is open again by itself.'],
  ],
  cards: [
    ['先印一叠空白卡，十张一页，交给村里。卡上没有名字。', 'Print a stack of blank cards, ten to a sheet, for the villages. They name nobody.'],
    ['一页或一叠丢了，按页号停用。手机下次同步就知道。', 'A sheet or a bundle was lost: take it out of use by its numbers; phones hear of it at their next sync.'],
    ['一个人的卡丢了，村里在她的页上点“卡丢了”，这里不用做什么。', 'If one person lost her card, the village says so on her page; nothing is to be done here.'],
  ],
} as const satisfies Record<string, readonly Word[]>;

export type HelpName = keyof typeof HELP;
