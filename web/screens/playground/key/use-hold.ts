import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { refreshStanding, useStanding } from '../../../key-in-hand/use-standing.ts';
import { useConversations } from '../use-playground.ts';
import { type Hold, holdNow } from './hold.ts';

/** Longer ones overflow. */
const longestTimerMs = 3_600_000;

/** Why nothing can be sent with this key now; it ends by itself. */
export function useHold(heldKey: HeldKey): Hold | undefined {
  const queries = useQueryClient();
  const { data, dataUpdatedAt } = useStanding(heldKey);
  const { left, refused } = useConversations();
  const [, lookAgain] = useState(0);
  const hold = holdNow({
    keyId: heldKey.id,
    standing: data && { facts: data, at: dataUpdatedAt },
    left,
    refused,
    now: Date.now(),
  });
  const until = hold?.until;
  useEffect(() => {
    if (until === undefined) return;
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      const leftMs = until - Date.now();
      timer = setTimeout(leftMs > longestTimerMs ? wait : end, Math.min(Math.max(leftMs, 0), longestTimerMs));
    };
    const end = () => {
      lookAgain((count) => count + 1);
      void refreshStanding(queries, heldKey);
    };
    wait();
    return () => clearTimeout(timer);
  }, [until, queries, heldKey]);
  return hold;
}
