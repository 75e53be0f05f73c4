import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type NewKey, withoutValue } from '../key.ts';
import { createAttemptIds } from './attempt-ids.ts';

/**
 * Creates or rotates a key, once however often the user clicks, with an `Idempotency-Key` for each request. Only
 * this holds the secret, until `forget`.
 */
export function useValueMaker<Body>(make: (body: Body, idempotencyKey: string) => Promise<NewKey>) {
  const queries = useQueryClient();
  const [attempts] = useState(() => createAttemptIds(() => crypto.randomUUID()));
  const isRunning = useRef(false);
  const [made, setMade] = useState<NewKey>();
  return {
    made,
    forget: () => setMade(undefined),
    async run(body: Body): Promise<void> {
      if (isRunning.current) return;
      isRunning.current = true;
      try {
        const key = await make(body, attempts.idFor(body));
        queries.setQueryData(['keys', 'one', key.id], withoutValue(key));
        setMade(key);
        void queries.invalidateQueries({ queryKey: ['keys'] });
      } finally {
        isRunning.current = false;
      }
    },
  };
}
