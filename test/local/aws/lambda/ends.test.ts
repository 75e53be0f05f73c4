import { type Hosted, hostWith } from './host-with.ts';

let hosted: Hosted;
afterEach(() => hosted.close());

const counting = (body: string, timeoutSeconds: number) =>
  hostWith(
    `let calls = 0; exports.handler = async (event) => { calls += 1; if (event.end) { ${body} } return calls; }`,
    {
      timeoutSeconds,
      memoryMegabytes: 128,
    },
  );
const later = 'await new Promise((resolve) => setTimeout(resolve, 60_000));';
const exits = (reason: string) => ({
  errorType: 'Runtime.ExitError',
  errorMessage: expect.stringMatching(new RegExp(`^RequestId: [0-9a-f-]{36} Error: ${reason}$`)),
});
const timesOut = {
  errorType: 'Sandbox.Timedout',
  errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/),
};

test.each([
  ['process.exit(0)', 'process.exit(0);', exits('Runtime exited without providing a reason')],
  ['process.exit(3)', 'process.exit(3);', exits('Runtime exited with error: exit status 3')],
  [
    'an uncaught exception',
    `setTimeout(() => { throw new RangeError('stray') }); ${later}`,
    { errorType: 'RangeError', errorMessage: 'stray' },
  ],
  [
    'an unhandled rejection',
    `Promise.reject(new Error('stray')); ${later}`,
    { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: stray' },
  ],
  ['a timeout', later, timesOut],
  ['a timeout in an endless loop', 'for (;;);', timesOut],
  [
    'running out of memory',
    // Some 400 MB: above the function's limit, and far below the hard one, which would end the tests.
    `globalThis.kept = Array.from({ length: 500 }, () => new Array(100_000).fill(0.5)); ${later}`,
    exits('Runtime exited with error: signal: killed'),
  ],
])('%s ends the environment as on AWS, and the next call gets a fresh one', async (what, body, error) => {
  hosted = counting(body, what.includes('timeout') ? 1 : 30);
  expect(await hosted.result()).toBe(1);
  const { payload, functionError } = await hosted.invoke({ end: true });
  expect(functionError).toBe('Unhandled');
  expect(JSON.parse(payload)).toMatchObject(error);
  expect(await hosted.result()).toBe(1);
});

test('a promise that nothing can settle fails at once, not at the timeout', async () => {
  hosted = hostWith('exports.handler = () => new Promise(() => {})', { timeoutSeconds: 900 });
  expect(await hosted.result()).toMatchObject({ errorType: 'Runtime.NodeJsExit' });
});

test('work that outlives its call is not waited for', async () => {
  hosted = hostWith('exports.handler = async () => { setTimeout(() => {}, 60_000); return "done" }');
  expect(await hosted.result()).toBe('done');
});

test('closing ends running calls, and refuses waiting and new ones', async () => {
  hosted = hostWith(`exports.handler = async () => { ${later} }`, {}, { maxEnvironments: 1 });
  const running = hosted.invoke();
  while (hosted.stats()?.busy !== 1) await new Promise(setImmediate);
  const waiting = hosted.invoke();
  const refused = expect(waiting).rejects.toMatchObject({ code: 'ServiceException' });
  await hosted.host.close();
  await refused;
  expect(JSON.parse((await running).payload)).toMatchObject({ errorType: 'Runtime.ExitError' });
  await expect(hosted.invoke()).rejects.toMatchObject({ code: 'ServiceException' });
  expect(hosted.host.stats().environments).toBe(0);
});
