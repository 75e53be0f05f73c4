import { type Functions, startFunctions } from './functions.ts';
import { createInspector, type Inspector } from './inspect.ts';
import type { Bench } from './matrix.ts';
import { startPlatform } from './platform.ts';
import { openWorkshop } from './workshop.ts';

export interface RunningBench extends Bench {
  functions: Functions;
  inspector: Inspector;
  close(): Promise<void>;
}

export async function startBench(timerSpeed = 4): Promise<RunningBench> {
  const platform = await startPlatform();
  const workshop = await openWorkshop(platform);
  const variables = platform.variables(platform.proxy.url);
  const functions = await startFunctions({ catalog: platform.catalog, variables, timerSpeed });
  const inspector = createInspector(platform.directUrl);
  return {
    platform,
    workshop,
    functions,
    inspector,
    async close() {
      await functions.close();
      inspector.close();
      await platform.close();
    },
  };
}
