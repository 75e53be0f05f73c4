import { auditActions } from '../../../core/audit.ts';
import { actionWords, actorWords } from '../../../web/screens/admin/audit/event-words.ts';

test('every action has words of its own', () => {
  const words = auditActions.map((action) => actionWords[action]?.());
  expect(words).not.toContain(undefined);
  expect(new Set(words).size).toBe(auditActions.length);
});

test.each([
  [{ as: 'user', id: 'u1', email: 'ada@example.com' }, 'ada@example.com'],
  [{ as: 'admin', id: 'u1', email: null }, 'u1'],
  [{ as: 'operator', id: 'ada', email: null }, 'Operator ada'],
  [{ as: 'anonymous', id: null, email: null }, 'Someone without a login'],
  [{ as: 'system', id: null, email: null }, 'Daypass itself'],
] as const)('%j is %s', (actor, words) => {
  expect(actorWords(actor)).toBe(words);
});
