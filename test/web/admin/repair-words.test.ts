import { actionKinds } from '../../../core/reconcile/ports.ts';
import { repairWords } from '../../../web/screens/admin/health/repair-words.ts';

test('every repair of the reconciler has words of its own', () => {
  const words = actionKinds.map((kind) => repairWords[kind]?.());
  expect(words).not.toContain(undefined);
  expect(new Set(words).size).toBe(actionKinds.length);
});
