import { addPerson } from '../e2e/client.ts';
import { setFaults } from '../e2e/local-switches.ts';
import { makeAdmin } from '../e2e/make-admin.ts';
import type { RunningRuntime } from '../e2e/runtime.ts';
import type { Screen, Stage } from './open-screen.ts';
import { personWithHistory } from './week-of-use.ts';

interface StageOptions {
  runtime: RunningRuntime;
  screens: readonly Screen[];
  /** Of the one key that owners have. */
  keyName: string;
  /** As a test has it, which takes them back; otherwise the one who sets them does. */
  setFaults?: Stage['setFaults'];
}

/** Brings everybody whom these screens are opened as. A week of use takes seconds, so it is lived where a screen shows it. */
export async function setStage({ runtime, screens, ...rest }: StageOptions): Promise<Stage> {
  const newcomer = await addPerson(runtime);
  const showsUse = screens.some(({ as }) => as === 'regular');
  return {
    setFaults: (faults) => setFaults(runtime, faults),
    ...rest,
    runtime,
    newcomer,
    regular: showsUse ? await personWithHistory(runtime, 'ada.lovelace@example.com') : newcomer,
    admin: await makeAdmin(runtime, await addPerson(runtime)),
  };
}
