/** Which page of the bag stands at which address below it. */
import { CountPage } from './Count';
import { GivePage } from './Give';
import { LeavePage } from './Leave';
import { BagPage } from './Page';
import { TakePage } from './Take';

export function BagPages({ page }: { page: string }) {
  switch (page) {
    case 'take': return <TakePage />;
    case 'count': return <CountPage />;
    case 'give': return <GivePage />;
    case 'return': return <LeavePage way="return" key="return" />;
    case 'damage': return <LeavePage way="damage" key="damage" />;
    default: return <BagPage />;
  }
}
