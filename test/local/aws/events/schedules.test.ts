import { parseScheduleExpression } from '../../../../local/aws/events/schedule-expression.ts';
import { createSchedules } from '../../../../local/aws/events/schedules.ts';
import type { Log } from '../../../../local/log.ts';

const minute = 60_000;

function setUp(invoke: (name: string, event: unknown) => { functionError?: 'Unhandled' } = () => ({})) {
  const calls: { name: string; event: unknown }[] = [];
  const warnings: string[] = [];
  const clock = { time: Date.UTC(2030, 0, 1), now: () => clock.time };
  const log: Log = { info() {}, detail() {}, warn: (_tag, message) => void warnings.push(message) };
  const schedules = createSchedules({
    invoker: {
      async invoke(name, event) {
        calls.push({ name, event });
        return { payload: '', ...invoke(name, event) };
      },
    },
    clock,
    log,
  });
  schedules.set({
    name: 'sweep',
    functionName: 'sweep-function',
    next: parseScheduleExpression('rate(5 minutes)'),
    event: (time) => ({ time }),
  });
  return { schedules, clock, calls, warnings };
}

describe('schedules', () => {
  test('run their function when due by the clock, with the due time', async () => {
    const { schedules, clock, calls } = setUp();
    const start = clock.time;
    clock.time += 5 * minute - 1;
    await schedules.runDue();
    expect(calls).toEqual([]);
    clock.time += 1;
    await schedules.runDue();
    await schedules.runDue();
    expect(calls).toEqual([{ name: 'sweep-function', event: { time: start + 5 * minute } }]);
  });

  test('run once if the clock jumps past many times', async () => {
    const { schedules, clock, calls } = setUp();
    clock.time += 24 * 60 * minute;
    await schedules.runDue();
    await schedules.runDue();
    expect(calls).toHaveLength(1);
  });

  test('go on running if the clock jumps back', async () => {
    const { schedules, clock, calls } = setUp();
    clock.time += 24 * 60 * minute;
    await schedules.runDue();
    clock.time -= 24 * 60 * minute;
    await schedules.runDue();
    clock.time += 5 * minute;
    await schedules.runDue();
    expect(calls).toHaveLength(2);
  });

  test('outlive a failing function, which is reported', async () => {
    const { schedules, clock, calls, warnings } = setUp(() => {
      if (calls.length === 1) throw new Error('gone');
      return { functionError: 'Unhandled' };
    });
    for (const _ of [1, 2]) {
      clock.time += 5 * minute;
      await schedules.runDue();
    }
    expect(warnings).toEqual([
      expect.stringContaining('gone'),
      expect.stringContaining('sweep-function failed'),
    ]);
  });

  test('setting a name again replaces it, and clear removes all', async () => {
    const { schedules, clock, calls } = setUp();
    const next = parseScheduleExpression('rate(1 hour)');
    schedules.set({ name: 'sweep', functionName: 'other', next, event: () => ({}) });
    clock.time += 60 * minute;
    await schedules.runDue();
    expect(calls.map(({ name }) => name)).toEqual(['other']);
    schedules.clear();
    clock.time += 60 * minute;
    await schedules.runDue();
    expect(calls).toHaveLength(1);
  });

  test('the timer keeps no process alive and stops', () => {
    const { schedules } = setUp();
    const alive = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = alive();
    schedules.start();
    schedules.start();
    expect(alive()).toBe(before);
    schedules.stop();
  });
});

describe('schedule expressions', () => {
  test.each([
    ['rate(1 minute)', minute],
    ['rate(5 minutes)', 5 * minute],
    ['rate(2 hours)', 120 * minute],
    ['rate(1 day)', 24 * 60 * minute],
  ])('%s recurs after %i ms', (expression, length) => {
    expect(parseScheduleExpression(expression)(7)).toBe(7 + length);
  });

  test.each([
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'rate(5 weeks)',
    'at(2030-01-01T00:00:00)',
    'cron(0 0 * * ? *)',
    'every day',
  ])('%s is refused by name', (expression) => {
    expect(() => parseScheduleExpression(expression)).toThrow(expression);
  });
});
