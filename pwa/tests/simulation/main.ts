/** Runs seeds one after another: main.mjs {python, root, folder, bug, from, upto, stories}; one line of JSON a seed. */
import { BUGS } from './bugs';
import { run } from './run';
import { createStorage, installChance, installWindows } from './seam';
import { startTown } from './town';

interface Order {
  python: string;
  root: string;
  folder: string;
  bug: string;
  from: number;
  upto: number;
  /** tell the story even where nothing is wrong */
  stories: boolean;
}

const { python, root, folder, bug, from, upto, stories } = JSON.parse(process.argv[2] ?? '{}') as Order;
const storage = createStorage();
const { seeded } = installChance();
installWindows();
console.error = () => undefined; // the engine reports what it did not expect; a run tells its story instead
const town = await startTown(python, root, folder, bug);
for (let seed = from; seed < upto; seed++) {
  const { story, ...result } = await run(seed, town, storage, seeded, BUGS[bug]);
  process.stdout.write(`${JSON.stringify({ ...result, ...(stories || result.wrong ? { story } : {}) })}\n`);
}
town.stop();
