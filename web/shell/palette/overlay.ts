import { createValueStore } from '../../value-store.ts';

/** What stands above the screen: the search over everything, or the list of shortcuts. */
export type Overlay = 'palette' | 'shortcuts';

export const overlay = createValueStore<Overlay | undefined>(undefined);
