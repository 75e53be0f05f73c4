import type { ComponentProps } from 'react';
import { lately } from '../../../parts/on-demand.ts';
import type * as dialog from './new-key-dialog.tsx';

/** Loaded when the browser has nothing else to do, at the latest with the key. */
export const NewKeyDialog = lately<ComponentProps<typeof dialog.NewKeyDialog>>(() =>
  import('./new-key-dialog.tsx').then((module) => module.NewKeyDialog),
);
