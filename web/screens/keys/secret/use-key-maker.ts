import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type NewKey, withoutValue } from '../../../keys/key.ts';

/**
 * Creates or rotates a key, once however often the user clicks, with an `Idempotency-Key` for each request. Only
 * this holds the secret, until `forget`.
 */
export function useKeyMaker<Body>(make: (body: Body, idempotencyKey: string) => Promise<NewKey>) {
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

/**
 * Makes `Idempotency-Key`s: the same one for every attempt at the same request, so that a lost answer can be asked
 * for again, and a new one as soon as the request changes.
 */
export function createAttemptIds(newId: () => string): { idFor(body: unknown): string } {
  let last: { wanted: string; id: string } | undefined;
  return {
    idFor(body) {
      const wanted = JSON.stringify(body);
      if (last?.wanted !== wanted) last = { wanted, id: newId() };
      return last.id;
    },
  };
}
