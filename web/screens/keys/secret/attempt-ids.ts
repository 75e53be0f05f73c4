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
