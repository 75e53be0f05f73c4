import { onDemand } from '../on-demand.ts';

/** All that opens above a screen, which no screen needs to be seen. */
export const popups = onDemand(() => import('./popups.ts').then((module) => module.popups));
