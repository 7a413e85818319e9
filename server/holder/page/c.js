// The page that a card's QR opens. What stands behind # stays here and leaves the address at once; nothing is kept.
import { isNumber, judge } from '/C/card.js';

const code = location.hash.slice(1);
const address = 'HTTPS://' + location.host.toUpperCase() + '/C#' + code;
if (code) history.replaceState(null, '', location.pathname);

const get = (id) => document.getElementById(id);
const SAY = {
  genuine: ['ok', '这张卡能用，用到 {day}。', 'The card is in force until {day}.'],
  expired: ['late', '这张卡到 {day} 就过期了，可以换一张新的。', 'The card ended on {day}; you can have a new one.'],
  revoked: ['late', '这张卡停用了，可以换一张新的。', 'The card is out of use; you can have a new one.'],
  unknown_key: ['late', '认不出这张卡，请问服务站。', 'The card is not known here; please ask the station.'],
  damaged: ['late', '卡读不全，请再扫一次。', 'The card could not be read whole; please scan it again.'],
  not_ours: ['late', '这不是这里的卡。', 'This is not a card of this place.'],
  old: ['late', '这个浏览器看不了卡的真假，请问服务站。', 'This browser cannot check the card; please ask the station.'],
  no_line: ['late', '没有网，等会儿再试。', 'No connection; try again later.'],
  slow_down: ['late', '刚才试得太多，请过一会儿再来，或者打电话。', 'Too many tries just now; come back later, or call.'],
  wrong_code: ['late', '码不对，或者过时了。再要一个。', 'The code is wrong or over. Ask for another.'],
  transfer_over: ['late', '已经收回了，或者对方没收。', 'It was taken back already, or declined there.'],
  visit_over: ['late', '时间到了，再要一个码。', 'The time is over; ask for another code.'],
  choose: ['late', '请先选乡镇和村。', 'Please choose township and village first.'],
  bad_code: ['late', '要 10 个数字。', 'It has 10 digits.'],
  bad_number: ['late', '卡号不对，9 个数字；不记得就空着。', 'The number has 9 digits and this is not one; leave it empty if you do not remember.'],
  bad_phone: ['late', '请写您的电话，才好回话。', 'Please give your telephone, so that somebody can answer.'],
  thanks: ['ok', '谢谢，记上了一个数。', 'Thank you; it was counted.'],
  sent: ['ok', '站里收到了。{day} 以前有人答复您。', 'The station has it. A person answers by {day}.'],
  failed: ['late', '没办成，请给服务站打电话。', 'It did not work; please call the station.'],
};
const ABOUT = {
  call_back: ['{n} 天内有人打给您。来电只说是服务站，别的等您本人接了再说。', 'Somebody calls within {n} days. The caller says only that it is the station, and more to you alone.'],
  card_lost: ['卡上没有名字，别人捡到也看不到您的事。{n} 天内站里打您以前留的电话，问清是您，再停用、换新卡。', 'The card has no name; who finds it sees nothing of yours. Within {n} days the station calls the number you gave earlier; once it is sure it is you, the card ends and you get a new one.'],
  complaint: ['{n} 天内站里的人答复您，不影响服务。不想留电话也行。也可以打 {line}。', 'A person at the station answers within {n} days; it changes nothing about your service. No telephone is needed. You may also call {line}.'],
};
const WISHES = [['read', '我要看自己的记录', 'I want to read my record'], ['carry', '我要一份带走', 'I want a copy to carry away'], ['correct', '有写错的，要改', 'Something is wrong and should be corrected'], ['delete', '我要删掉', 'I want it deleted']];
const WENT = { waiting: ['还没送出', 'not sent yet'], sent: ['等对方回话', 'waits for an answer'], acknowledged: ['对方收下了', 'taken in there'], declined: ['对方没收', 'declined there'], revoked: ['收回了', 'taken back'] };
const STANDS = { given: ['同意了', 'agreed'], declined: ['没同意', 'not agreed'], withdrawn: ['不再同意', 'taken back'] };

let promises = { days: {}, hotline: '12345' };
let token = null, over = 0, hidden = 0;

const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
const zhDay = (day) => (day || '').replace(/^(\d{4})-0?(\d+)-0?(\d+)$/, '$1年$2月$3日');
const dayText = (n) => new Date(n * 864e5).toISOString().slice(0, 10);

/** One element: its name, its words, more elements. */
function make(name, words, ...inside) {
  const made = document.createElement(name);
  if (words) made.textContent = words;
  inside.forEach((one) => made.appendChild(one));
  return made;
}
function both(name, zh, en) {
  const small = make('small', en);
  small.lang = 'en';
  return make(name, zh + ' ', small);
}
function say(place, key, facts = {}) {
  const [tone, zh, en] = SAY[key] || SAY.failed;
  const said = both('p', fill(zh, { ...facts, day: zhDay(facts.day) }), fill(en, facts));
  said.className = tone;
  place.replaceChildren ? place.replaceChildren(said) : (place.textContent = '', place.appendChild(said));
}
const empty = (place) => { place.textContent = ''; };

async function ask(path, body) {
  const how = { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' };
  if (body) Object.assign(how, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Suifang': '1' }, body: JSON.stringify(body) });
  const answer = await fetch('/api/holder/' + path, how).catch(() => { throw new Error('no_line'); });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.code);
  return said;
}
const trouble = (place) => (error) => say(place, error.message);

function showCard() {
  if (!code) return;
  get('card').hidden = false;
  if (!window.crypto || !crypto.subtle) return void say(get('card'), 'old');
  judge(address, (part) => ask('cards/' + part), Math.floor(Date.now() / 864e5))
    .then((verdict) => say(get('card'), verdict.at, { day: verdict.expires ? dayText(verdict.expires) : '' }), trouble(get('card')));
}

function options(select, places) {
  empty(select);
  if (places.length !== 1) select.appendChild(make('option', '请选 Choose')).value = '';
  places.forEach((place) => { select.appendChild(make('option', place.name)).value = place.code; });
}
function showAbout() {
  const kind = get('kind').value, [zh, en] = ABOUT[kind], facts = { n: promises.days[kind] || '…', line: promises.hotline };
  empty(get('about'));
  get('about').appendChild(both('span', fill(zh, facts), fill(en, facts)));
  get('for-number').hidden = kind !== 'card_lost';
  empty(get('sent'));
}
async function showTownship() {
  const face = get('face'), chosen = get('township').value;
  empty(face);
  options(get('village'), []);
  if (!chosen) return;
  const place = await ask('places/' + chosen);
  if (get('township').value !== chosen) return;
  promises = place.promises;
  options(get('village'), place.villages);
  const { address: where, phone, hours } = place.face;
  if (where) face.appendChild(both('p', where, 'address'));
  if (phone) { const link = make('a', phone); link.href = 'tel:' + phone.replace(/[^0-9+]/g, ''); face.appendChild(make('p', '电话 Telephone ', link)); }
  if (hours) face.appendChild(both('p', hours, 'open'));
  if (!where && !phone) face.appendChild(both('p', '请问村里的人。', 'Please ask in your village.'));
  showAbout();
}
function start() {
  showCard();
  showAbout();
  ask('places').then(({ townships }) => { options(get('township'), townships); return showTownship(); }).catch(trouble(get('face')));
}

function rate(answer) {
  const village = get('village').value;
  if (!village) return say(get('rated'), 'choose');
  const buttons = document.querySelectorAll('[data-rate]');
  ask('rate', { village, answer }).then(() => { buttons.forEach((one) => { one.disabled = true; }); say(get('rated'), 'thanks'); }, trouble(get('rated')));
}

function send(event) {
  event.preventDefault();
  const township = get('township').value, kind = get('kind').value, sent = get('sent');
  const [phone, words, number] = ['phone', 'words', 'number'].map((id) => get(id).value.trim());
  const digits = number.replace(/\s/g, '');
  if (!township) return say(sent, 'choose');
  if (kind !== 'complaint' && !/^[0-9+() -]{5,20}$/.test(phone)) return say(sent, 'bad_phone');
  if (kind === 'card_lost' && digits && !isNumber(digits)) return say(sent, 'bad_number');
  const body = { kind, township };
  if (phone) body.phone = phone;
  if (words) body.words = words;
  if (kind === 'card_lost' && digits) body.number = digits;
  ask('ask', body).then(({ due_on: day }) => { get('ask').reset(); say(sent, 'sent', { day }); }, trouble(sent));
}

function enter(event) {
  event.preventDefault();
  const typed = get('code').value.replace(/\D/g, '');
  if (typed.length !== 10) return say(get('entered'), 'bad_code');
  ask('open', { code: typed }).then((opened) => {
    token = opened.token;
    over = setTimeout(() => leave(), Math.max(0, opened.until - Date.now()));
    return ask('mine', { token });
  }).then((hers) => {
    get('enter').reset();
    empty(get('entered'));
    get('open').hidden = true;
    get('mine').hidden = false;
    show(hers);
    scrollTo(0, 0);
  }).catch(trouble(get('entered')));
}

/** Take everything of hers off the screen, and tell the server that her page is closed. */
function leave() {
  const gone = token;
  token = null;
  clearTimeout(over);
  empty(get('hers'));
  get('mine').hidden = true;
  get('open').hidden = false;
  if (gone) ask('leave', { token: gone }).catch(() => undefined);
}

const heading = (zh, en) => both('h2', zh, en);
function button(zh, en, press) {
  const made = both('button', zh, en);
  made.type = 'button';
  made.onclick = () => press(made);
  return made;
}

function show({ next, consents, moved, asked }) {
  const day = make('section', '', heading('下次哪天', 'Your next day'));
  day.appendChild(next ? both('p', zhDay(next.on) + '，' + next.zh, next.on + ', ' + next.en) : both('p', '没有约', 'None'));
  day.appendChild(both('p', '想改日子、不想来，都行，跟服务站说一声。', 'Another day, or not at all: just say so to the station.'));
  const agreed = make('section', '', heading('您同意过什么', 'What you agreed to'));
  consents.forEach((one) => agreed.appendChild(consent(one)));
  if (!consents.length) agreed.appendChild(both('p', '没有', 'Nothing'));
  const rights = make('section', '', heading('您的记录', 'Your record'));
  WISHES.forEach((one) => rights.appendChild(wish(one, asked)));
  const along = make('section', '', heading('转到别处的', 'What went along with you'));
  moved.forEach((one) => along.appendChild(went(one)));
  empty(get('hers'));
  [day, agreed, ...(moved.length ? [along] : []), rights].forEach((one) => get('hers').appendChild(one));
}

function consent({ purpose, decision, on, zh, en }) {
  const stands = STANDS[decision] || ['', ''], row = make('div', '', both('p', (zh || purpose) + '：' + stands[0] + '，' + zhDay(on), (en || purpose) + ': ' + stands[1] + ', ' + on));
  return twice(row, ['不再同意', 'Take it back'], '再按一次就停：有关的记录马上看不到，过后删掉。服务照常。 Press again: what it covers is hidden at once and deleted later. Your service goes on.',
    () => ask('withdraw', { token, purpose }));
}

function went({ id, place, on, items, state }) {
  const stands = WENT[state] || ['', ''], what = (name) => items.map((item) => item[name]).join(name === 'zh' ? '、' : ', ');
  const row = make('div', '', both('p', place + '：' + what('zh') + '，' + zhDay(on) + '，' + stands[0], what('en') + ', ' + on + ': ' + stands[1]));
  if (state === 'declined' || state === 'revoked') return row;
  return twice(row, ['收回', 'Take it back'], '再按一次就收回：那边的这一份会删掉，您这里的还在。 Press again: the copy there goes; your record here stays.',
    () => ask('take-back', { token, transfer: id }));
}

/** A button that is pressed a second time before anything is done. */
function twice(row, [zh, en], sure, press) {
  const said = make('p');
  row.appendChild(button(zh, en, (made) => {
    if (made.textContent !== sure) { made.textContent = sure; return; }
    made.disabled = true;
    press().then(show, (error) => { made.disabled = false; say(said, error.message); });
  }));
  row.appendChild(said);
  return row;
}

function wish([kind, zh, en], asked) {
  const said = make('p'), open = asked.find((one) => one.kind === kind && !one.done);
  const row = make('div', '', button(zh, en, (made) => {
    made.disabled = true;
    ask('request', { token, kind }).then(({ due_on: day }) => say(said, 'sent', { day }), (error) => { made.disabled = false; say(said, error.message); });
  }), said);
  if (open) { row.firstChild.disabled = true; say(said, 'sent', { day: open.due_on }); }
  return row;
}

get('township').onchange = () => { showTownship().catch(trouble(get('face'))); };
get('kind').onchange = showAbout;
get('ask').onsubmit = send;
get('enter').onsubmit = enter;
get('leave').onclick = leave;
document.querySelectorAll('[data-rate]').forEach((one) => { one.onclick = () => rate(one.dataset.rate); });
// A phone laid aside or handed on shows nothing of hers: two minutes out of sight close her page; going away does at once.
document.addEventListener('visibilitychange', () => { clearTimeout(hidden); if (document.hidden && token) hidden = setTimeout(leave, 120000); });
addEventListener('pagehide', () => { if (token) leave(); });
start();
