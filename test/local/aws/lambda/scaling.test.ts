import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Hosted, hostWith, writeAsset } from './host-with.ts';

let hosted: Hosted;
afterEach(() => hosted.close());

/** Each environment answers with a name of its own, after `event.wait` milliseconds. */
const named = `const name = Math.random();
  exports.handler = async (event) => {
    await new Promise((resolve) => setTimeout(resolve, event.wait ?? 0));
    return name;
  }`;
const many = (count: number, event: unknown) =>
  Promise.all(Array.from({ length: count }, () => hosted.result(event)));

test('an environment is reused for the next call', async () => {
  hosted = hostWith(named);
  expect(await hosted.result()).toBe(await hosted.result());
  expect(hosted.stats()).toEqual({ idle: 1, busy: 0, starting: 0, waiting: 0 });
});

test('calls at the same time each have an environment to themselves', async () => {
  hosted = hostWith(`const { readdirSync, writeFileSync } = require('node:fs');
    exports.handler = async (event, context) => {
      writeFileSync(process.cwd() + '/' + context.awsRequestId + '.running', '');
      const running = () => readdirSync(process.cwd()).filter((name) => name.endsWith('.running')).length;
      while (running() < 6) await new Promise((resolve) => setTimeout(resolve, 5));
      return running();
    }`);
  expect(await many(6, {})).toEqual([6, 6, 6, 6, 6, 6]);
});

test('above the cap calls wait and are all served', async () => {
  hosted = hostWith(named, {}, { maxEnvironmentsPerFunction: 2 });
  const names = await many(20, { wait: 5 });
  expect(names).toHaveLength(20);
  expect(new Set(names).size).toBeLessThanOrEqual(2);
});

test('calls above the reserved concurrency are throttled', async () => {
  hosted = hostWith(named, { reservedConcurrency: 2 });
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => hosted.invoke({ wait: 50 })));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused).toHaveLength(3);
  expect(refused[0]?.reason).toMatchObject({ code: 'TooManyRequestsException', status: 429 });
});

test('more waiting calls than the queue holds are throttled', async () => {
  hosted = hostWith(named, {}, { maxEnvironments: 1, maxWaiting: 3 });
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => hosted.invoke({ wait: 5 })));
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(7);
});

test('a call that gets no environment in time is throttled and has not run', async () => {
  hosted = hostWith(
    `const { existsSync } = require('node:fs');
    exports.handler = async (event) => {
      globalThis.ran = (globalThis.ran ?? 0) + 1;
      while (event.until && !existsSync(event.until)) await new Promise((resolve) => setTimeout(resolve, 5));
      return globalThis.ran;
    }`,
    {},
    { maxEnvironments: 1, maxWaitSeconds: 0.2 },
  );
  // The start itself may take longer than a call waits; the environment is there afterwards.
  await hosted.invoke().catch(() => undefined);
  while (hosted.stats()?.idle !== 1) await new Promise((resolve) => setTimeout(resolve, 5));
  const ran = Number(await hosted.result());
  const go = join(hosted.definition.codeDirectory, 'go');
  const holding = hosted.result({ until: go });
  await expect(hosted.invoke()).rejects.toMatchObject({ code: 'TooManyRequestsException', status: 429 });
  expect(hosted.stats()).toMatchObject({ waiting: 0 });
  writeFileSync(go, '');
  expect(await holding).toBe(ran + 1);
  expect(await hosted.result()).toBe(ran + 2);
});

test('at the cap over all functions an idle environment of another function makes room', async () => {
  hosted = hostWith(named, {}, { maxEnvironments: 1 });
  await hosted.result();
  hosted.host.defineFunction({ ...hosted.definition, name: 'Daypass-other' });
  expect((await hosted.host.invoke('Daypass-other', {})).functionError).toBeUndefined();
  expect(hosted.stats()).toMatchObject({ idle: 0 });
});

test('at the cap a call of another function waits for a running one, and no longer', async () => {
  hosted = hostWith(
    `const { existsSync } = require('node:fs');
    exports.handler = async (event) => {
      while (event.until && !existsSync(event.until)) await new Promise((resolve) => setTimeout(resolve, 5));
      return 'done';
    }`,
    {},
    { maxEnvironments: 1, maxWaitSeconds: 3600 },
  );
  hosted.host.defineFunction({ ...hosted.definition, name: 'Daypass-other' });
  const go = join(hosted.definition.codeDirectory, 'go');
  const running = hosted.result({ until: go });
  while (hosted.stats()?.busy !== 1) await new Promise(setImmediate);
  const other = hosted.host.invoke('Daypass-other', {});
  while (hosted.host.stats().functions['Daypass-other']?.waiting !== 1) await new Promise(setImmediate);
  writeFileSync(go, '');
  expect(await running).toBe('done');
  expect((await other).payload).toBe('"done"');
});

test('a long idle environment ends', async () => {
  hosted = hostWith(named, {}, { idleSeconds: 0.01 });
  await hosted.result();
  while (hosted.host.stats().environments > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(hosted.stats()).toMatchObject({ idle: 0 });
});

test('swapped code serves new calls while running ones end on the old', async () => {
  hosted = hostWith(`exports.handler = async (event) => {
    await new Promise((resolve) => setTimeout(resolve, event.wait));
    return 'old';
  }`);
  const running = hosted.result({ wait: 300 });
  while (hosted.stats()?.busy !== 1) await new Promise(setImmediate);
  const newCode = writeAsset({ 'index.js': 'exports.handler = async () => "new"' });
  hosted.host.swapCode(hosted.definition.name, newCode);
  expect(await hosted.result()).toBe('new');
  expect(await running).toBe('old');
  rmSync(newCode, { recursive: true });
});
