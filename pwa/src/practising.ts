/** Into the practice village and out again. Its part of the app is fetched when she first practises. */
import { signal } from '@preact/signals';
import type { Clock } from './clock';
import type { Practice } from './sync/practice';
import type { Practising } from './ui/app';

export function createPractising(indexedDB: IDBFactory, clock: Clock, home: () => void): Practising {
  const on = signal<Practice | null>(null);
  const leave = async (): Promise<void> => {
    const was = on.value;
    on.value = null;
    home();
    await was?.leave();
  };
  const enter = async (): Promise<void> => {
    const { enterPractice } = await import('./features/practice/enter');
    const practice = await enterPractice({ indexedDB, clock, onLost: () => void leave() });
    home();
    on.value = practice;
  };
  return { on, enter, leave };
}
