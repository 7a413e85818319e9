/** Stable codes of the line, the server and the store, said in words with what to do next. What only the pages behind Today meet comes with them. */
import type { T, Word } from '../i18n/words';

export const CODES: Record<string, Word> = {
  offline: ['现在没有网，有网了会自己接着来', 'no network now; it goes on by itself'],
  timed_out: ['网太慢，等会儿再试', 'the line is too slow; it tries again'],
  cut_off: ['网断了一下，会接着来', 'the line broke; it goes on'],
  captive_portal: ['这个无线网要先在网页里登录', 'this Wi-Fi wants you to sign in on its page first'],
  bad_gateway: ['镇里的机器暂时连不上', 'the town’s server cannot be reached'],
  wrong_type: ['答话的不是镇里的机器，换个网试试', 'something else answered; try another network'],
  bad_digest: ['路上传坏了，会重新传', 'damaged on the way; it is sent again'],
  bad_json: ['路上传坏了，会重新传', 'damaged on the way; it is sent again'],
  bad_answer: ['镇里的答话不对，会再试', 'the answer was not right; it tries again'],
  server_error: ['镇里的机器出了错，会再试', 'the town’s server had an error; it tries again'],
  retry: ['镇里忙，等会儿再来', 'the town is busy; it tries again'],
  rate_limited: ['试得太勤，歇一会儿再来', 'too many tries; wait a little'],
  not_signed_in: ['登录过期了，请再登录一次。记好的都在', 'the sign-in has ended; sign in again. What you recorded is kept'],
  wrong_password: ['用户名或密码不对，看看大小写', 'user name or password is wrong'],
  slow_down: ['试得太勤，歇一会儿再来', 'too many tries; wait a little'],
  busy: ['镇里忙，等会儿再来', 'the town is busy; try again soon'],
  worker_disabled: ['你的登录停用了，请问站里', 'this account is switched off; ask the station'],
  not_found: ['没有找到', 'not found'],
  forbidden: ['这一页不归你看', 'this is not yours to see'],
  wrong_code: ['登记码不对、过期了或用过了。对着纸条看一遍，不行就请站里再给一个', 'the code is wrong, expired or used; compare it with the slip, or ask the station for another'],
  phone_revoked: ['这台手机停用了，请拿到站里', 'this phone was switched off; take it to the station'],
  wrong_store: ['这台手机要重新登记', 'this phone must be registered again'],
  update_needed: ['先更新随访，再发', 'update Suifang first'],
  fork: ['这台手机的记录和镇里的对不上，两份都留着', 'this phone’s records differ from the town’s; both are kept'],
  store_emptied: ['浏览器把手机里记的清掉了，要重新登记', 'the browser emptied the phone; register again'],
  full_disk: ['手机满了，删些照片或视频，腾出地方再试', 'the phone is full; delete some photos and try again'],
  wrong_pin: ['数字不对', 'the digits are not right'],
  pin_wait: ['歇一会儿再按', 'wait a little before the next try'],
  pin_gone: ['这 6 位数不能用了，连网登录再选新的', 'these digits are used up; sign in and choose new ones'],
  guard_refused: ['手机的锁没验上，再按一遍；总不行就点“忘了”，记下的都在', 'the phone’s lock said no: press again; if it never says yes, tap “Forgot”'],
  lease_over: ['太久没连网，连上网登录一次', 'too long without a network; sign in once'],
  pin_length: ['要 6 位数', 'six digits, please'],
  pin_repeats: ['太好猜：重复的数，换一个', 'too easy: repeated digits'],
  pin_row: ['太好猜：连着的数，换一个', 'too easy: digits in a row'],
  pin_birthday: ['像生日，别人会先试，换一个', 'looks like a birthday; people try those first'],
  blocked: ['另一个窗口开着旧版，关掉它', 'an old version is open in another window; close it'],
  closed: ['已经退出了，请再打开', 'signed out; open again'],
  unreadable: ['手机里记的打不开，请拿到站里', 'the phone’s data cannot be read; take it to the station'],
};

const UNKNOWN: Word = ['出了点事（{code}），会再试', 'something went wrong ({code}); it tries again'];

/** Whether there are words of its own for a code. */
export const knows = (code: string): boolean => Array.isArray(CODES[code]);

/** One clause, without a full stop. An unknown code is shown as it is, so that it can be told to the station. */
export function sayCode(t: T, code: string): string {
  const word = CODES[code];
  return word ? t(word) : t(UNKNOWN, { code });
}

/** The stable code of anything thrown. */
export function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (typeof code === 'string') return code;
  return name === 'QuotaExceededError' ? 'full_disk' : 'unexpected';
}
