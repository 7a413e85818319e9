import { useEffect, useState } from 'preact/hooks';
import { numberOfId } from '../../rules/card';

/** As it is printed and read out. */
export const inThrees = (number: string): string => number.replace(/(...)(?=.)/g, '$1 ');

/** A card's printed number, in threes; empty until it is worked out. */
export function useNumber(token: string): string {
  const [number, setNumber] = useState('');
  useEffect(() => void numberOfId(token).then((found) => setNumber(inThrees(found))), [token]);
  return number;
}
