/**
 * Runs seeds one after another, one line of JSON a seed: main.mjs {python, root, folder, bugs, seeds, stories}. With bugs it
 * runs the seeds with each of them switched on, until it is caught.
 */
import { run } from './run';
import { createStorage, installChance, installCloning, installTurns, installWindows } from './seam';
import { startTown } from './town';

interface Order {
  python: string;
  root: string;
  folder: string;
  bugs: string[];
  seeds: number[];
  /** tell the story even where nothing is wrong */
  stories: boolean;
}

const { python, root, folder, bugs, seeds, stories } = JSON.parse(process.argv[2] ?? '{}') as Order;
const storage = createStorage();
const { seeded } = installChance();
installWindows();
installCloning();
installTurns();
console.error = () => undefined; // the engine reports what it did not expect; a run tells its story instead
const town = await startTown(python, root, folder);
for (const bug of bugs.length ? bugs : ['']) {
  for (const seed of seeds) {
    const { story, trace, ...result } = await run(seed, town, storage, seeded, bug);
    process.stdout.write(`${JSON.stringify({ bug, ...result, ...(stories || result.wrong ? { story, trace } : {}) })}\n`);
    if (bug && result.wrong) break;
  }
}
town.stop();
