import { openPractice, type Practice, type PracticeSetup } from '../../sync/practice';
import { fakeVillage } from './village';

export const enterPractice = (setup: PracticeSetup): Promise<Practice> => openPractice(setup, fakeVillage(setup.clock.today()));
