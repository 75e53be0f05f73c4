import { type Alarm, readHealth } from '../../../core/admin/health.ts';
import { summaryOf } from '../../../core/reconcile/last-pass.ts';

const at = Date.parse('2026-11-22T10:00:00Z');

test('a pass is kept by what it did and how often, without ids', async () => {
  const pass = summaryOf(
    {
      dryRun: false,
      complete: true,
      failures: 1,
      parked: 0,
      actions: [
        { kind: 'bind', subject: 'key_1' },
        { kind: 'bind', subject: 'key_2' },
        { kind: 'expire', subject: 'key_3' },
      ],
    },
    at,
  );
  expect(pass).toEqual({ at, complete: true, failures: 1, parked: 0, actions: { bind: 2, expire: 1 } });
  const ceiling = { unit: 'dollars', window: 'day', limit: 50, used: 0.5, resetsAt: at } as const;
  const ports = {
    ceilings: { read: async () => [ceiling] },
    lastPass: { read: async () => pass },
    pauses: {
      list: async () => [
        { id: 'ada', since: at, by: 'ada', reason: undefined },
        { id: 'bob', since: at + 1, by: 'bob' },
      ],
    },
    alarms: {
      read: async (): Promise<Alarm[]> => [
        { name: 'B', what: 'It was slow', state: 'ok', since: at },
        { name: 'C', what: 'It is new', state: 'insufficient_data', since: undefined },
        { name: 'D', what: 'It throttles', state: 'alarm', since: at },
        { name: 'A', what: 'It was cold', state: 'ok', since: at },
      ],
    },
  };
  expect(await readHealth(ports, at)).toEqual({
    ceilings: [{ ...ceiling, resetsAt: '2026-11-22T10:00:00.000Z' }],
    reconciler: { ...pass, at: '2026-11-22T10:00:00.000Z' },
    paused: { since: '2026-11-22T10:00:00.000Z', by: 'ada', reason: null },
    alarms: [
      { name: 'D', what: 'It throttles', state: 'alarm', since: '2026-11-22T10:00:00.000Z' },
      { name: 'C', what: 'It is new', state: 'insufficient_data', since: null },
      { name: 'A', what: 'It was cold', state: 'ok', since: '2026-11-22T10:00:00.000Z' },
      { name: 'B', what: 'It was slow', state: 'ok', since: '2026-11-22T10:00:00.000Z' },
    ],
  });
});

test('before the first pass there is none, and alarms that can’t be read hide nothing else', async () => {
  const unknown = { read: async () => undefined };
  const none = async () => [];
  const ports = { ceilings: { read: none }, lastPass: unknown, pauses: { list: none }, alarms: unknown };
  expect(await readHealth(ports, at)).toEqual({ ceilings: [], reconciler: null, paused: null, alarms: null });
});
