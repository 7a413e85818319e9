/**
 * Runs seeds one after another, one line of JSON a seed: main.mjs {python, root, folder} reads orders, a line each, and says
 * null when one is done. With bugs it runs the seeds with each of them switched on, until it is caught.
 */
import { createInterface } from 'node:readline';
import { run } from './run';
import { createStorage, installChance, installCloning, installTurns, installWindows } from './seam';
import { startTown } from './town';

interface Place {
  python: string;
  root: string;
  folder: string;
}
interface Order {
  bugs: string[];
  seeds: number[];
  /** tell the story even where nothing is wrong */
  stories: boolean;
}

const { python, root, folder } = JSON.parse(process.argv[2] ?? '{}') as Place;
const storage = createStorage();
const { seeded } = installChance();
const windows = installWindows();
installCloning();
installTurns();
console.error = () => undefined; // the engine reports what it did not expect; a run tells its story instead
const town = await startTown(python, root, folder);
const say = (value: unknown) => void process.stdout.write(`${JSON.stringify(value)}\n`);

async function obey({ bugs, seeds, stories }: Order): Promise<void> {
  for (const bug of bugs.length ? bugs : ['']) {
    for (const seed of seeds) {
      windows.forget();
      const { story, trace, ...result } = await run(seed, town, storage, seeded, bug);
      say({ bug, ...result, ...(stories || result.wrong ? { story, trace } : {}) });
      if (bug && result.wrong) break;
    }
  }
  say(null);
}

for await (const line of createInterface({ input: process.stdin })) await obey(JSON.parse(line) as Order);
town.stop();
