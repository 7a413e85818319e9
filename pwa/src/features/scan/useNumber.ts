import { useEffect, useState } from 'preact/hooks';
import { numberOfId } from '../../rules/card';

/** A card's printed number, in threes; empty until it is worked out. */
export function useNumber(token: string): string {
  const [number, setNumber] = useState('');
  useEffect(() => void numberOfId(token).then((found) => setNumber(found.replace(/(...)(?=.)/g, '$1 '))), [token]);
  return number;
}
