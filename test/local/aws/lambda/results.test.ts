import { functionName, type Hosted, hostWith } from './host-with.ts';

let hosted: Hosted;
afterEach(() => hosted.close());

test('a function gets its event and its result comes back as JSON', async () => {
  hosted = hostWith('exports.handler = async (event) => ({ got: event })');
  expect(await hosted.result({ text: 'grüße 😀' })).toEqual({ got: { text: 'grüße 😀' } });
});

test('a handler that is not async and one that returns nothing both answer', async () => {
  hosted = hostWith('exports.handler = (event) => event.silent ? undefined : 7');
  expect(await hosted.result({})).toBe(7);
  expect(await hosted.result({ silent: true })).toBeNull();
});

test('the context tells the function who it is', async () => {
  hosted = hostWith(
    `exports.handler = async (event, { getRemainingTimeInMillis, ...context }) =>
       ({ ...context, remaining: getRemainingTimeInMillis() })`,
    { timeoutSeconds: 20, memoryMegabytes: 512 },
  );
  const context = (await hosted.result()) as Record<string, unknown>;
  expect(context).toMatchObject({
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: hosted.definition.arn,
    memoryLimitInMB: '512',
    logGroupName: `/aws/lambda/${functionName}`,
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
  });
  expect(context.remaining).toBeLessThanOrEqual(20_000);
  expect(context.remaining).toBeGreaterThan(0);
});

test('a function can be called by its ARN', async () => {
  hosted = hostWith('exports.handler = async () => 1');
  expect((await hosted.host.invoke(hosted.definition.arn, {})).payload).toBe('1');
});

test('an unknown function is refused by name', async () => {
  hosted = hostWith('exports.handler = async () => 1');
  await expect(hosted.host.invoke('nobody', {})).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    message: expect.stringContaining('nobody'),
  });
});

test('an error of the handler comes back as type, message and trace, and the environment stays', async () => {
  hosted = hostWith(`let calls = 0;
    exports.handler = async (event) => { calls += 1; if (event.fail) throw new TypeError('no'); return calls; }`);
  const { payload, functionError } = await hosted.invoke({ fail: true });
  expect(functionError).toBe('Unhandled');
  expect(JSON.parse(payload)).toEqual({
    errorType: 'TypeError',
    errorMessage: 'no',
    trace: expect.arrayContaining(['TypeError: no']),
  });
  expect(await hosted.result({})).toBe(2);
});

test('a thrown value that is not an error is reported by its kind and text', async () => {
  hosted = hostWith('exports.handler = async () => { throw 42 }');
  expect(await hosted.result()).toEqual({ errorType: 'number', errorMessage: '42', trace: [] });
});

test('a result that is not JSON is a function error', async () => {
  hosted = hostWith('exports.handler = async () => { const a = {}; a.a = a; return a }');
  expect(await hosted.result()).toMatchObject({ errorType: 'Runtime.JSONStringifyError' });
});

test('a result above 6 MB is Function.ResponseSizeTooLarge', async () => {
  hosted = hostWith('exports.handler = async () => "x".repeat(7e6)');
  expect(await hosted.result()).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
});

test('an event above 6 MB is refused', async () => {
  hosted = hostWith('exports.handler = async () => 1');
  await expect(hosted.invoke('x'.repeat(7e6))).rejects.toMatchObject({ status: 413 });
});
