import { createAttemptIds } from '../../../../web/screens/keys/secret/use-key-maker.ts';

test('the same thing wanted again has the same id, another thing another one', () => {
  let made = 0;
  const attempts = createAttemptIds(() => `id-${++made}`);
  const ids = [{ name: 'a' }, { name: 'a' }, { name: 'b' }, { name: 'a' }].map((body) =>
    attempts.idFor(body),
  );
  expect(ids).toEqual(['id-1', 'id-1', 'id-2', 'id-3']);
});
