/** What stays covered until it is held: telephone, ID number, name. Pure. */

/** 138****5678; shorter numbers keep their last four. */
export function maskPhone(phone: string): string {
  const digits = phone.trim();
  if (digits.length < 8) return `***${digits.slice(-4)}`;
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}

/** Only the last four ever reach a phone. */
export const maskId = (last4: string): string => `**************${last4}`;

/** 周**: one sign for the family name, for lists at the desk and for names covered in a courtyard. */
export const maskName = (name: string): string => `${Array.from(name)[0] ?? ''}**`;
