import { createFunctionLog } from '../../../../local/aws/lambda/function-log.ts';
import { type Hosted, hostWith } from './host-with.ts';

let hosted: Hosted;
afterEach(() => hosted?.close());

test('process.env holds the function’s settings and Lambda’s own, and nothing of this machine', async () => {
  process.env.SECRET_OF_THIS_MACHINE = 'seen';
  hosted = hostWith(
    'exports.handler = async () => process.env',
    { environment: { TABLE_NAME: 'records' } },
    { extraEnvironment: () => ({ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }) },
  );
  const variables = (await hosted.result()) as Record<string, string>;
  delete process.env.SECRET_OF_THIS_MACHINE;
  expect(variables).toMatchObject({
    TABLE_NAME: 'records',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_REGION: 'eu-central-1',
    AWS_DEFAULT_REGION: 'eu-central-1',
    AWS_LAMBDA_FUNCTION_NAME: 'Daypass-tested',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: hosted.definition.codeDirectory,
    _HANDLER: 'index.handler',
    TZ: ':UTC',
  });
  const known = /^(TABLE_NAME|AWS_[A-Z_]+|LAMBDA_[A-Z_]+|_HANDLER|_X_AMZN_TRACE_ID|TZ|LANG)$/;
  expect(Object.keys(variables).filter((name) => !known.test(name))).toEqual([]);
});

test('a moved clock moves Date in functions, also in running and in warm ones', async () => {
  hosted = hostWith(`exports.handler = async (event) => {
    const before = Date.now();
    while (event.wait && Date.now() - before < 3_600_000) await new Promise((resolve) => setTimeout(resolve, 5));
    return { now: Date.now(), made: +new Date(), text: Date(), isDate: new Date() instanceof Date,
             isItself: new Date().constructor === Date, fixed: new Date(0).toISOString() };
  }`);
  const running = hosted.result({ wait: true });
  while (hosted.stats()?.busy !== 1) await new Promise(setImmediate);
  hosted.clock.moveTo(86_400);
  const tomorrow = new Date(hosted.clock.now());
  for (const seen of [await running, await hosted.result()] as Record<string, number | string>[]) {
    expect(Math.abs(Number(seen.now) - hosted.clock.now())).toBeLessThan(60_000);
    expect(Math.abs(Number(seen.made) - hosted.clock.now())).toBeLessThan(60_000);
    expect(String(seen.text)).toContain(String(tomorrow.getUTCFullYear()));
    expect(seen).toMatchObject({ isDate: true, isItself: true, fixed: '1970-01-01T00:00:00.000Z' });
  }
});

test('moving the clock leaves the remaining time of a call alone', async () => {
  hosted = hostWith('exports.handler = async (event, context) => context.getRemainingTimeInMillis()');
  hosted.clock.moveTo(-86_400);
  const remaining = Number(await hosted.result());
  expect(remaining).toBeLessThanOrEqual(30_000);
  expect(remaining).toBeGreaterThan(0);
});

describe('a function’s output', () => {
  function recorded() {
    const lines: string[] = [];
    const add = (kind: string) => (tag: string, message: string) =>
      void lines.push(`${kind} ${tag}: ${message}`);
    return { lines, log: { info: add('info'), warn: add('warn'), detail: add('detail') } };
  }

  test('reaches the log under the function’s short name, errors and warnings always and the rest as detail', async () => {
    const { lines, log } = recorded();
    hosted = hostWith(
      `exports.handler = async () => { console.log('quiet', { a: 1 }); console.warn('careful'); console.error('bad'); }`,
      { shortName: 'chat' },
      { log },
    );
    await hosted.invoke();
    expect(lines).toEqual(
      expect.arrayContaining(['detail chat: quiet { a: 1 }', 'warn chat: careful', 'warn chat: bad']),
    );
    expect(lines.at(-1)).toMatch(/^detail chat: REPORT [\d.]+ ms, init \d+ ms, heap \d+ of 256 MB$/);
  });

  test('from just before it exits is not lost', async () => {
    const { lines, log } = recorded();
    hosted = hostWith(
      `exports.handler = async () => { process.stderr.write('last words'); process.exit(1); }`,
      { shortName: 'chat' },
      { log },
    );
    await hosted.invoke();
    expect(lines).toContain('warn chat: last words');
  });

  test('is kept together if a line arrives in pieces', () => {
    const { lines, log } = recorded();
    const output = createFunctionLog('chat', log);
    for (const text of ['one\ntw', 'o\nthr', 'ee'])
      output.print({ type: 'raw-output', stream: 'stdout', text });
    output.flush();
    expect(lines).toEqual(['detail chat: one', 'detail chat: two', 'detail chat: three']);
  });

  test('in JSON is shown in short, with the whole record as detail', () => {
    const { lines, log } = recorded();
    const output = createFunctionLog('chat', log);
    const record = (level: string) =>
      JSON.stringify({
        level,
        message: 'It failed',
        service: 's',
        error: { name: 'TypeError', message: 'no' },
      });
    for (const level of ['ERROR', 'INFO']) {
      output.print({ type: 'raw-output', stream: 'stdout', text: `${record(level)}\n` });
    }
    expect(lines).toEqual([
      'warn chat: ERROR It failed (TypeError: no)',
      `detail chat: ${record('ERROR')}`,
      `detail chat: ${record('INFO')}`,
    ]);
  });
});
