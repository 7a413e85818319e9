/** 东坡村 1组: where the doors below this line stand. Pure. */
import type { T } from '../../i18n/words';
import type { Household } from '../../store/api';
import { sayGroup } from '../../ui/household';
import { sayVillage, type Village } from '../../ui/villages';
import { W } from './words';

export const sayPlace = (t: T, { area, group }: Household, villages: readonly Village[]): string =>
  [sayVillage(villages, area), group ? sayGroup(t, group) : ''].filter(Boolean).join(' ') || t(W.elsewhere);
