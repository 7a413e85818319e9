/** Refusals that only the desk meets, in words; the rest are the app's. Pure. */
import type { T, Word } from '../../i18n/words';
import { sayCode } from '../../ui/codes';

const CODES: Readonly<Record<string, Word>> = {
  offline: ['没有网络。站里的电脑要联网才能用，联上再试', 'no network; the desk needs one. Try again when it is back'],
  not_signed_in: ['登录过期了，请再登录一次', 'the sign-in has ended; sign in again'],
  name_taken: ['这个用户名有人用了，换一个', 'that user name is taken; choose another'],
  unknown_item: ['没有这种药具，刷新页面再试', 'there is no such item; reload the page and try again'],
  wrong_area: ['这个地方和她做的事对不上', 'that area does not fit her role'],
  same_worker: ['请选另一个在岗的人', 'choose another worker who is at work'],
  not_held: ['这个村已经不归她了，刷新看看', 'she does not have that village any more; reload'],
  wrong_days: ['日子不对：“到”要在“从”之后，也不能在今天之前', 'the days are not right: “to” comes after “from”, and not before today'],
  leave_overlaps: ['这几天已经记了请假', 'there is a leave in those days already'],
  not_your_worker: ['这个账号不归你改', 'this account is not yours to change'],
  not_your_area: ['这里不归你管', 'this area is not yours'],
  phone_retired: ['停用过的手机要重新登记', 'a phone that was switched off registers anew'],
  wrong_choice: ['这里不能这样定', 'that cannot be chosen here'],
  not_decided: ['没有可撤回的', 'there is nothing to take back'],
  same_person: ['已经合成一个人了', 'they are one person already'],
  not_merged: ['没有合过', 'they were not made one'],
  not_xlsx: ['不是 .xlsx 表格，请用 Excel 另存为 .xlsx', 'not an .xlsx workbook; save it as .xlsx'],
  old_or_locked_workbook: ['是旧版 .xls 或加了密码，请另存为没有密码的 .xlsx', 'an old .xls or a locked file; save it as .xlsx without a password'],
  broken_workbook: ['表格读不出来，请用 Excel 打开，另存一份再传', 'the workbook cannot be read; open it in Excel and save it anew'],
  too_large: ['文件太大了', 'the file is too large'],
  too_many_rows: ['行数太多了', 'there are too many rows'],
  too_many_columns: ['列数太多了', 'there are too many columns'],
  too_many_sheets: ['工作表太多了', 'there are too many sheets'],
  unsafe_xml: ['文件里有不该有的东西，没有收', 'the file holds what does not belong there; it was not taken'],
  no_header: ['没找到表头（村、户编号、姓名…）', 'no header row was found (village, household number, name…)'],
  columns_missing: ['缺少要紧的列：村、户编号、姓名', 'columns are missing: village, household number, name'],
  interrupted: ['中途断了（服务器重启过）。再导一次就行，导过的不会重复', 'it was interrupted; import again, nothing comes twice'],
  upload_running: ['还有一份在导，等它导完', 'another import is running; wait for it'],
  public_host_missing: ['服务器还没设卡上的网址', 'the server does not know the address on the cards yet'],
  unknown_sheet: ['没有这些页，看看页号', 'no sheet has such a number'],
  not_a_parcel: ['这不是手机存的文件，或者没存全', 'this is no file that a phone saved, or not the whole of it'],
  bad_signature: ['文件被改过，没有收。请手机再存一份', 'the file was changed on the way and not taken; let the phone save it again'],
  unknown_phone: ['这台手机没在这里登记过，没有收', 'that phone is not registered here; the file was not taken'],
  unknown_point: ['请选从哪里、到哪里', 'choose from where and to where'],
  same_point: ['发出和收到是同一个地方', 'from and to are the same place'],
  expired_lot: ['这批过期了，不能发，只能报损', 'this lot has expired: it cannot be issued, only written off'],
  second_sign: ['销毁要第二个人的名字，不能是自己', 'destruction needs a second person’s name, not your own'],
  future_day: ['这一天还没到', 'that day is still to come'],
  not_ready: ['还没读完，等一会儿', 'it is not read yet; wait a little'],
};

export function sayDeskCode(t: T, code: string): string {
  const word = CODES[code];
  return word ? t(word) : sayCode(t, code);
}
