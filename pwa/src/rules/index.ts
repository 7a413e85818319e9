/** Everything a phone's rules offer, in one place for the exam in tests/parity; the app imports each module by its name. */
export * as consent from './consent';
export * as dates from './dates';
export * as digests from './digest';
export * as forms from './forms';
export * as idnumber from './idnumber';
export * as masks from './masks';
export * as methods from './method';
export * as schedules from './schedule';
