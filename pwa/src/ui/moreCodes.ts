/** Codes that nobody meets before Today's list stands: what waits for the station, what cannot be corrected. */
import type { Word } from '../i18n/words';
import { CODES } from './codes';

const MORE: Readonly<Record<string, Word>> = {
  not_your_area: ['这里不归你管', 'this area is not yours'],
  changed_since: ['之后又改过，不能撤回了', 'it was changed again since and cannot be taken back'],
  decided_already: ['已经有人定过了', 'someone has decided it already'],
  elsewhere: ['另一个窗口正在发', 'another window is sending'],
  unknown_household: ['镇里还没有这一户，站里会看', 'the town does not know this household yet; the station looks at it'],
  late_grant: ['记的时候这个村不归你，站里会看', 'this village was not yours then; the station looks at it'],
  no_consent: ['没有她的同意，只有你自己看得到', 'without her consent only you can see it'],
  clash: ['同一项有两个说法，站里会问', 'two values for one field; the station asks'],
  phone_retired: ['这台手机停用了，请拿到站里', 'this phone was switched off; take it to the station'],
  already_sent: ['已经发给镇里了，请用“作废”', 'already sent; void it instead'],
  depended_on: ['后面还有一条靠着它，先撤那一条', 'a later record depends on it; undo that one first'],
  unknown_record: ['找不到这一条', 'this record was not found'],
  unknown_area: ['这个村不归你管了，站里会看', 'this village is not yours any more; the station looks at it'],
  unknown_person: ['镇里还没有这个人，站里会看', 'the town does not know this person yet; the station looks at it'],
  unknown_schema: ['镇里还不认这种表，站里会看', 'the town does not know this form yet; the station looks at it'],
  erased_person: ['这个人要求删掉自己的记录，镇里已经删了', 'she asked for her records to be erased'],
  not_writer: ['这种表不归你填，站里会看', 'this form is not yours to write; the station looks at it'],
  phone_not_active: ['这台手机停用过，站里会看', 'this phone had been switched off; the station looks at it'],
  cannot_open: ['密封的那份打不开，站里会看', 'its sealed copy could not be opened; the station looks at it'],
  bad_shape: ['有一处写法镇里不认，站里会看', 'the town could not read one part; the station looks at it'],
  digest_mismatch: ['路上对不上，站里会看', 'it does not match; the station looks at it'],
  too_large: ['写得太多了，短一些', 'too long; make it shorter'],
  bad_value: ['有一处填得不对', 'one answer cannot be kept'],
  update_available: ['有新版本', 'a newer version is here'],
};

Object.assign(CODES, MORE);
