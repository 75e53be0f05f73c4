import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { DaypassError } from '../../../core/errors.ts';
import { newKeySecret } from '../../../core/keys/key-secret.ts';
import { jsonRoute, streamingRoute } from '../../../lambda/http/pipeline.ts';
import { logUndoFailed, logUnknownStop } from '../../../lambda/log.ts';
import { logMeterFailed, logSpendRead } from '../../../lambda/metrics.ts';
import { defineAwslambda } from '../../../local/aws/lambda/thread/awslambda-global.ts';
import { captureOutput } from './capture-output.ts';
import { proxyEvent } from './proxy-event.ts';
import { runRoute, runStreamingRoute } from './run-route.ts';

defineAwslambda();

let output: ReturnType<typeof captureOutput>;
beforeEach(() => {
  output = captureOutput();
});
afterEach(() => output.restore());

const canaries = {
  key: newKeySecret(),
  password: `pw-${randomBytes(12).toString('hex')}`,
  token: `eyJ${randomBytes(12).toString('hex')}.e30.sig`,
  refreshToken: randomBytes(24).toString('base64url'),
  prompt: `prompt-${randomBytes(12).toString('hex')}`,
  edgeProof: randomBytes(24).toString('hex'),
  viewer: `2001:db8:${randomBytes(2).toString('hex')}::${randomBytes(2).toString('hex')}`,
};
const all = Object.values(canaries).join(' ');

/** As they are, in base64 at any alignment, and percent-encoded. */
function expectNoCanary(text: string): void {
  expect(text).not.toBe('');
  for (const canary of Object.values(canaries)) {
    expect(text).not.toContain(canary);
    expect(text).not.toContain(encodeURIComponent(canary));
    for (const offset of [0, 1, 2]) {
      const encoded = Buffer.from(' '.repeat(offset) + canary).toString('base64');
      expect(text).not.toContain(encoded.slice(4, -4));
    }
  }
}

/** A call that holds the canaries wherever a caller, CloudFront or the stage can put them. */
const event = (body: string) =>
  proxyEvent({
    body,
    path: `/v1/things/${canaries.key}`,
    pathParameters: { id: canaries.key },
    queryStringParameters: { cursor: canaries.prompt },
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${canaries.token}`,
      'x-api-key': canaries.key,
      'user-agent': all,
      cookie: `daypass_session=${canaries.refreshToken}`,
      'x-daypass-edge-proof': canaries.edgeProof,
      referer: canaries.edgeProof,
      'x-daypass-viewer-address': canaries.viewer,
    },
    multiValueHeaders: { cookie: [`daypass_session=${canaries.refreshToken}`] },
    stageVariables: { edgeProof: canaries.edgeProof },
  });
const goodBody = JSON.stringify({ password: canaries.password, prompt: canaries.prompt, key: canaries.key });
const input = { body: z.strictObject({ password: z.string(), prompt: z.string(), key: z.string() }) };

/** Everything a route can throw, with the canaries in its message. */
const withCode = (code: string) => Object.assign(new Error(all), { code });
const ofService = (fault: string) =>
  Object.assign(new Error(all), { $fault: fault, $metadata: {}, $response: { body: all }, input: all });
const thrown: [string, unknown][] = [
  ['an Error', new Error(all)],
  ['an Error whose message looks like a stack', new Error(`x\n    at ${all}\n    at ${all}:1:1`)],
  ['an Error with a cause', new Error(all, { cause: new Error(all) })],
  ['an AggregateError', new AggregateError([new Error(all)], all)],
  ['a text', all],
  ['an object', { message: all }],
  ['nothing', undefined],
  ['a parser’s error', captured(() => JSON.parse(`{"a": ${all}`))],
  ['a broken connection', withCode('ECONNRESET')],
  ['a service’s error', ofService('server')],
  ['a service’s refusal', ofService('client')],
  ['our error with a cause', new DaypassError('internal_error', 'Wrong.', { cause: new Error(all) })],
  ['an unavailable part', new DaypassError('service_unavailable', 'Wait.', { cause: ofService('server') })],
];

function captured(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

test('a success logs no canary', async () => {
  const answer = await runRoute(
    jsonRoute(input, async ({ body }) => ({ status: 200, headers: { 'set-cookie': all }, body })),
    event(goodBody),
  );
  expect(answer).toMatchObject({ statusCode: 200, headers: { 'set-cookie': all } });
  expectNoCanary(output.text());
});

test.each([
  ['no JSON', `{"password": "${canaries.password}", ${all}`],
  ['fields of other names', JSON.stringify({ [canaries.password]: all })],
  ['fields of other types', JSON.stringify({ password: [canaries.password], prompt: { a: all }, key: 1 })],
  ['a wrong character set', Buffer.from(all, 'utf16le').toString('latin1')],
])('a malformed body logs no canary: %s', async (_, body) => {
  const answer = await runRoute(
    jsonRoute(input, async () => ({ status: 200, body: {} })),
    event(body),
  );
  expect(answer.statusCode).toBe(400);
  expectNoCanary(output.text());
});

test.each(thrown)('an error that holds canaries neither logs nor answers any: %s', async (_, error) => {
  const work = async (): Promise<never> => {
    throw error;
  };
  const answers = [
    await runRoute(jsonRoute(input, work), event(goodBody)),
    await runStreamingRoute(streamingRoute(input, work), event(goodBody)),
  ];
  for (const answer of answers) {
    expect(answer.statusCode).toBeGreaterThanOrEqual(500);
    expectNoCanary(JSON.stringify(answer));
  }
  expect(output.lines().map(({ level }) => level)).toEqual(['ERROR', 'ERROR']);
  expectNoCanary(output.text());
});

test('the line of a failed request has the code that its caller is told', async () => {
  for (const error of [ofService('server'), withCode('ECONNRESET'), new Error('x')]) {
    const answer = await runRoute(
      jsonRoute(input, async (): Promise<never> => {
        throw error;
      }),
      event(goodBody),
    );
    expect(output.lines().at(-1)?.code).toBe(JSON.parse(answer.body).error.code);
  }
  expect(output.lines().map(({ code }) => code)).toEqual([
    'service_unavailable',
    'service_unavailable',
    'internal_error',
  ]);
});

test('a failed clean-up or settlement logs no canary', () => {
  for (const [, error] of thrown) {
    logUndoFailed('create-key', 'key_1', error);
    logMeterFailed('settle', error);
  }
  expect(output.lines()).toHaveLength(2 * thrown.length);
  expectNoCanary(output.text());
});

test('the cause of a 5xx is logged by name and by where it was thrown', async () => {
  await runRoute(
    jsonRoute({}, async () => {
      throw new RangeError('secret\n    at secret:1:1');
    }),
    proxyEvent(),
  );
  const [line] = output.lines();
  const cause = line?.cause as { name: string; at: string[] } | undefined;
  expect(cause?.name).toBe('RangeError');
  expect(cause?.at[0]).toMatch(/request-log\.test\.ts(\?\d+)?:\d+:\d+\)?$/);
});

test('a refusal is logged by its code, without a cause', async () => {
  await runRoute(
    jsonRoute({}, async () => {
      throw new DaypassError('not_found', 'Nothing there.');
    }),
    proxyEvent(),
  );
  expect(output.lines()).toEqual([
    expect.objectContaining({ level: 'INFO', status: 404, code: 'not_found' }),
  ]);
});

test('an unknown stop reason is a warning that names it', () => {
  const stop = { requestId: 'r1', model: 'nova-lite', provider: 'bedrock', stopReason: 'new' } as const;
  logUnknownStop(stop);
  expect(output.lines()).toEqual([
    expect.objectContaining({ level: 'WARN', message: 'unknown stop reason', ...stop }),
  ]);
});

test.each([
  [0, 0],
  [40, 80],
  // An alarm at 100 rings when calls are refused, and not before.
  [49.999, 99.9],
  [50, 100],
  [123.45, 246.9],
])('%p dollars of a ceiling of 50 are reported as %p %%', (dollars, SpendPercent) => {
  logSpendRead({ window: 'day', spentNanoDollars: dollars * 1e9, ceilingNanoDollars: 50e9 });
  expect(output.lines()).toEqual([
    expect.objectContaining({ level: 'INFO', message: 'spend read', SpendPercent, spentDollars: dollars }),
  ]);
});
