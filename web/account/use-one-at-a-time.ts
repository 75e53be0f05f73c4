import { type SyntheticEvent, useRef } from 'react';

/** Drops a submission that comes while one is on its way: a code submits itself, and Enter may follow it. */
export function useOneAtATime(submit: () => Promise<void>): (event?: SyntheticEvent) => Promise<void> {
  const isBusy = useRef(false);
  return async (event) => {
    event?.preventDefault();
    if (isBusy.current) return;
    isBusy.current = true;
    try {
      await submit();
    } finally {
      isBusy.current = false;
    }
  };
}
