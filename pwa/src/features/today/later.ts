/** What comes after the list: fetched when something was done today, or in a quiet moment. */
import { lazy } from '../../ui/lazy';

export const DoneList = lazy(() => import('./DoneList').then((m) => m.DoneList), () => null);
