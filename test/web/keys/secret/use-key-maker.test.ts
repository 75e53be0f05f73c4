import { createAttemptIds } from '../../../../web/screens/keys/secret/use-key-maker.ts';

test('the same request keeps its id, and another request gets another', () => {
  let made = 0;
  const attempts = createAttemptIds(() => `id-${++made}`);
  const ids = [{ name: 'a' }, { name: 'a' }, { name: 'b' }, { name: 'a' }].map((body) =>
    attempts.idFor(body),
  );
  expect(ids).toEqual(['id-1', 'id-1', 'id-2', 'id-3']);
});
