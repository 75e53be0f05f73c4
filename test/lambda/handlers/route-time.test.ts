import { reservedMs, routeMs } from '../../../lambda/call-time.ts';
import { readTemplate, resourcesOf } from '../../lib/template.ts';

/** Undo what failed, and keep or free their Idempotency-Key, after the route's own time. */
const undoing = ['create-api-key', 'rotate-api-key', 'update-api-key'];
/** Starting, and answering that the time is over. */
const marginMs = 2000;

const timeouts = [...resourcesOf(readTemplate(), 'AWS::Lambda::Function').values()].map(({ Properties }) => ({
  handler: String(Properties.Environment?.Variables?.POWERTOOLS_SERVICE_NAME),
  timeoutMs: Number(Properties.Timeout) * 1000,
}));

test('functions may run longer than their routes’ time', () => {
  // Cognito waits five seconds for a trigger, whatever the function is given.
  const routes = timeouts.filter(({ handler }) => handler !== 'check-sign-up' && handler !== 'undefined');
  expect(routes.length).toBeGreaterThan(25);
  expect(routes.filter(({ timeoutMs }) => timeoutMs <= routeMs + marginMs)).toEqual([]);
});

test('functions that undo may run longer than that time and twice the time reserved for undoing', () => {
  const found = timeouts.filter(({ handler }) => undoing.includes(handler));
  expect(found).toHaveLength(undoing.length);
  expect(found.filter(({ timeoutMs }) => timeoutMs <= routeMs + 2 * reservedMs + marginMs)).toEqual([]);
});
