/**
 * The `Idempotency-Key` of what a person wants: the same for each attempt at the same thing, so that a lost answer
 * can be asked for again, and another as soon as they want something else.
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
