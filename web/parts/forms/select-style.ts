import { clsx } from 'clsx';
import { controlStyle } from './field-frame.tsx';

export const selectStyle = clsx(
  controlStyle,
  'flex h-9 items-center justify-between gap-2 text-left touch:h-11',
);
