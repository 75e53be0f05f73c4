import {
  type IdempotencyRecords,
  type IdempotencyState,
  type IdempotentCall,
  onceFor,
} from '../../core/idempotency.ts';

/** Records in memory; `failing` calls throw after they took effect, as when their reply is lost. */
function world(failing: { begin?: boolean; finish?: boolean } = {}) {
  const kept = new Map<string, { callId: string; bodyHash: string; sealed?: string }>();
  const notKept: unknown[] = [];
  const lost = (reply: 'begin' | 'finish') => {
    if (failing[reply]) throw new Error(`the reply of ${reply} was lost`);
  };
  const idempotency: IdempotencyRecords = {
    async begin({ keyHash, callId }, bodyHash): Promise<IdempotencyState> {
      const item = kept.get(keyHash);
      if (item === undefined) kept.set(keyHash, { callId, bodyHash });
      lost('begin');
      if (item === undefined) return { state: 'new' };
      return item.sealed === undefined
        ? { state: 'running', bodyHash: item.bodyHash }
        : { state: 'done', bodyHash: item.bodyHash, sealed: item.sealed };
    },
    async finish({ keyHash, callId }, sealed) {
      const item = kept.get(keyHash);
      if (item?.callId === callId) item.sealed = sealed;
      lost('finish');
    },
    async release({ keyHash, callId }: IdempotentCall) {
      const item = kept.get(keyHash);
      if (item?.callId === callId && item.sealed === undefined) kept.delete(keyHash);
    },
  };
  const ports = {
    idempotency,
    sealer: {
      seal: async (_scope: unknown, text: string) => Buffer.from(text).toString('base64'),
      open: async (_scope: unknown, sealed: string) => Buffer.from(sealed, 'base64').toString(),
    },
    clock: { now: () => 1_764_000_000_000 },
    inReservedTime: <T>(work: () => Promise<T>) => work(),
    onNotKept: (error: unknown) => void notKept.push(error),
  };
  let made = 0;
  const create = (body: unknown = {}, key = 'k') =>
    onceFor<{ made: number; text?: string; again?: true }, { made: number }>(
      ports,
      { userId: 'ada', operation: 'create', key, body },
      {
        work: async () => {
          made += 1;
          return { made, text: 'long' };
        },
        keep: (answer) => ({ made: answer.made }),
        repeat: async (kept) => ({ ...kept, again: true }),
      },
    );
  return { create, failing, notKept, made: () => made };
}

test('a repeated call gets the first answer, and nothing is done twice', async () => {
  const { create, made } = world();
  expect(await create()).toEqual({ made: 1, text: 'long' });
  expect(await create()).toEqual({ made: 1, again: true });
  expect(made()).toBe(1);
});

test('a different body under the same key is refused as idempotency_mismatch', async () => {
  const { create } = world();
  await create({ name: 'a' });
  await expect(create({ name: 'b' })).rejects.toMatchObject({ code: 'idempotency_mismatch', status: 422 });
});

test('a call that can’t tell whether it took its Idempotency-Key leaves it free for the next attempt', async () => {
  const { create, failing, made } = world({ begin: true });
  await expect(create()).rejects.toThrow('the reply of begin was lost');
  failing.begin = false;
  expect(await create()).toEqual({ made: 1, text: 'long' });
  expect(made()).toBe(1);
});

test('an answer is given even if storing it was not confirmed, and repeated if it was stored', async () => {
  const { create, notKept, made } = world({ finish: true });
  expect(await create()).toEqual({ made: 1, text: 'long' });
  expect(await create()).toEqual({ made: 1, again: true });
  expect([made(), notKept.length]).toEqual([1, 1]);
});

test.each(['', ' ', 'a b', 'ü', 'x'.repeat(256)])('%j is no Idempotency-Key', async (key) => {
  await expect(world().create({}, key)).rejects.toMatchObject({
    code: 'invalid_request',
    param: 'Idempotency-Key',
  });
});
