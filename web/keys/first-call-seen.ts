import { onePerUser } from '../one-per-user.ts';
import { createValueStore } from '../value-store.ts';

/** Whether the user has seen a call in the activity: the last step of the checklist. Kept in this tab's memory. */
export const firstCallSeen = onePerUser(
  () => createValueStore(false),
  (seen) => seen.set(false),
);
