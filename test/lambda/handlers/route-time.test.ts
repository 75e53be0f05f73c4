import { answerSeconds, undoSeconds } from '../../../core/contract/route-time.ts';
import { readTemplate, resourcesOf } from '../../lib/template.ts';

/** After the route's own time they undo what failed, then keep or free their Idempotency-Key. */
const undoing = ['create-api-key', 'rotate-api-key', 'update-api-key'];
/** For starting, and for answering that the time is over. */
const marginSeconds = 2;

const timeouts = [...resourcesOf(readTemplate(), 'AWS::Lambda::Function').values()].map(({ Properties }) => ({
  handler: String(Properties.Environment?.Variables?.POWERTOOLS_SERVICE_NAME),
  timeoutSeconds: Number(Properties.Timeout),
}));

test('functions may run longer than their routes’ time', () => {
  // Cognito waits five seconds for a trigger, whatever the function is given.
  const routes = timeouts.filter(({ handler }) => handler !== 'check-sign-up' && handler !== 'undefined');
  expect(routes.length).toBeGreaterThan(25);
  expect(routes.filter(({ timeoutSeconds }) => timeoutSeconds <= answerSeconds + marginSeconds)).toEqual([]);
});

test('functions that undo may run longer than that time and twice the time reserved for undoing', () => {
  const found = timeouts.filter(({ handler }) => undoing.includes(handler));
  expect(found).toHaveLength(undoing.length);
  expect(
    found.filter(({ timeoutSeconds }) => timeoutSeconds <= answerSeconds + 2 * undoSeconds + marginSeconds),
  ).toEqual([]);
});
