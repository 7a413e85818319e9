/** The page of all parts: how they look is switched above, so that each is seen by day, by night, large, and in practice. */
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useApp } from '../ui/app';
import { Counter, PickMany, PickOne, Steps } from '../ui/choices';
import { VagueDay } from '../ui/day';
import { Hold } from '../ui/hold';
import { ICONS, type IconName } from '../ui/icons';
import { Pen } from '../ui/pen';
import { DrillBand } from '../ui/practice';
import { Sheet } from '../ui/sheet';
import { Icon, Mark, Note, Plate, Tag } from '../ui/signs';
import { Empty, Loading, Trouble } from '../ui/states';
import type { Strokes } from '../ui/strokes';

const COLOURS = ['page', 'paper', 'sunk', 'ink', 'soft', 'line', 'edge', 'act', 'act-wash', 'ok', 'ok-wash', 'late', 'late-wash', 'stop', 'stop-wash', 'drill', 'drill-wash', 'plate', 'ring'];
const SIZES = ['1', '2', '3', '4', '5', '6'];
const YES_NO = [{ code: 'yes', label: '见到了' }, { code: 'no', label: '没在家' }, { code: 'away', label: '搬走了' }];

const Part = ({ name, children }: { name: string; children: ComponentChildren }) => <section class="stack" aria-label={name}><h2>{name}</h2>{children}</section>;

function Look({ drill }: { drill: Signal<boolean> }) {
  const { settings } = useApp();
  const { theme, size, lang, langChoice } = settings;
  return (
    <Part name="Look">
      <PickOne legend="Theme" value={theme.value} choices={[{ code: 'light', label: 'light' }, { code: 'dark', label: 'dark' }]} onPick={(code) => { theme.value = code as 'light'; }} />
      <PickOne legend="Size" value={size.value} choices={SIZES.slice(0, 3).map((code) => ({ code, label: code }))} onPick={(code) => { size.value = code as '1'; }} />
      <PickOne legend="Tongue" value={lang.value} choices={[{ code: 'zh', label: '中文' }, { code: 'en', label: 'English' }]} onPick={(code) => { langChoice.value = code as 'zh'; }} />
      <PickMany legend="Practice" value={drill.value ? ['on'] : []} choices={[{ code: 'on', label: 'on' }]} onPick={(codes) => { drill.value = codes.length > 0; }} />
    </Part>
  );
}

function Tokens() {
  return (
    <>
      <Part name="Colour"><ul class="card">{COLOURS.map((name) => <li class="row slim" key={name}><span style={{ width: '3em', height: '1.6em', background: `var(--${name})`, border: '1px solid var(--edge)' }} /> {name}</li>)}</ul></Part>
      <Part name="Type"><ul class="card pad">{SIZES.map((n) => <li key={n} style={{ fontSize: `var(--t${n})` }}>柏坡村 3组 12号 {n}</li>)}</ul></Part>
      <Part name="Icons"><ul class="groups">{(Object.keys(ICONS) as IconName[]).map((name) => <li class="flex" key={name}><Icon name={name} /> {name}</li>)}</ul></Part>
    </>
  );
}

function Signs() {
  return (
    <Part name="Signs">
      <ul class="card">{(['draft', 'here', 'town', 'ask'] as const).map((at) => <li class="row slim" key={at}><Mark at={at} /> {at}</li>)}</ul>
      <p class="flex"><Plate>3组 12号</Plate> <Plate>没有门牌</Plate></p>
      <p class="flex wrap">{(['', 'act', 'ok', 'late', 'stop'] as const).map((tone) => <Tag tone={tone} key={tone}>{tone || 'plain'}</Tag>)}</p>
      {(['', 'ok', 'late', 'stop'] as const).map((tone) => <Note tone={tone} icon="warn" key={tone}><b>{tone || 'plain'}</b> 手机满了，删些照片或视频，腾出地方再试</Note>)}
      <DrillBand />
    </Part>
  );
}

function Buttons() {
  return (
    <Part name="Buttons">
      <p class="flex wrap"><button class="btn main" type="button">记下</button><button class="btn" type="button">去问她</button><button class="btn bare" type="button"><Icon name="undo" />撤回</button></p>
      <p class="flex wrap"><button class="btn main" type="button" disabled>记下</button><button class="btn" type="button" disabled>去问她</button><button class="btn stop" type="button"><Icon name="bin" />作废</button></p>
      <div class="bar"><button class="btn" type="button">上一步</button><button class="btn main wide" type="button">下一步：做了什么</button></div>
      <progress class="progress" max={16} value={5} aria-label="名单" />
    </Part>
  );
}

function Questions() {
  const [one, setOne] = useState<string | null>('yes');
  const [some, setSome] = useState(['yes']);
  const [count, setCount] = useState(10);
  const [day, setDay] = useState<Parameters<Parameters<typeof VagueDay>[0]['onDay']>[0]>('2026-11-03');
  return (
    <Part name="Questions">
      <Steps label="Steps" steps={['见到了吗', '做了什么', '下次']} at={1} />
      <PickOne legend="见到了吗" hint="一句话的提示" choices={YES_NO} value={one} onPick={setOne} />
      <PickOne legend="竖着排" column choices={YES_NO} value={null} onPick={() => undefined} />
      <PickMany legend="今天做了什么" choices={YES_NO} value={some} alone={['no']} onPick={setSome} />
      <Counter legend="发几个" value={count} step={10} min={0} less="少" more="多" onCount={setCount} />
      <VagueDay legend="哪天开始用的" name="since" vague value={day} onDay={setDay} />
      <label class="field"><span>名字</span><input value="周桂兰" /></label>
      <label class="field warn"><span>年龄</span><input value="210" aria-describedby="why" /></label>
      <Note tone="late" icon="warn" id="why">要在 0—120 之间，再看一眼</Note>
    </Part>
  );
}

function Larger() {
  const [open, setOpen] = useState(false);
  const [strokes, setStrokes] = useState<Strokes>([]);
  return (
    <Part name="Hold, sign, sheet">
      <ul class="card"><Hold label="电话" covered="139****2222" open="139 1111 2222" /></ul>
      <div class="card pad"><Pen label="手指签名" strokes={strokes} onDraw={setStrokes} /></div>
      <button class="btn" type="button" onClick={() => setOpen(true)}>打开一张纸</button>
      {open ? <Sheet title="为什么作废" onClose={() => setOpen(false)}><button class="btn main" type="button" onClick={() => setOpen(false)}>好</button></Sheet> : null}
    </Part>
  );
}

const States = () => <Part name="Empty, loading, trouble"><Empty icon="people"><b>还没有人</b><p>名单取来就有了。</p></Empty><Loading /><Trouble code="page_missing" again={() => undefined} /></Part>;

export function Parts({ drill }: { drill: Signal<boolean> }) {
  return <div class="phone"><main><h1>Parts</h1><Look drill={drill} /><Tokens /><Signs /><Buttons /><Questions /><Larger /><States /></main></div>;
}
