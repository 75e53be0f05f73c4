import { lastBytes } from '../../../../local/aws/lambda/log-tail.ts';
import { type Hosted, hostWith } from './host-with.ts';

let hosted: Hosted;
afterEach(() => hosted?.close());

test('a call’s log is returned between Lambda’s own lines, and holds no other call’s', async () => {
  hosted = hostWith(
    "exports.handler = async ({ word }, { awsRequestId }) => { console.log('said', word); return awsRequestId; }",
  );
  const first = await hosted.invoke({ word: 'first' });
  const second = await hosted.invoke({ word: 'second' });
  expect(JSON.parse(second.payload)).toBe(second.requestId);
  expect(first.logTail).toMatch(
    /^START RequestId: .*\n.*said first\nEND RequestId: .*\nREPORT .*Init Duration/s,
  );
  expect(second.logTail).toMatch(
    new RegExp(`^START RequestId: ${second.requestId} Version: \\$LATEST\\n[^\\n]*said second\\n`),
  );
  expect(second.logTail).not.toContain('first');
  expect(second.logTail).not.toContain('Init Duration');
});

test('the last 4 KB of a long log are returned, also if the call failed', async () => {
  hosted = hostWith(
    "exports.handler = async () => { for (let n = 0; n < 999; n += 1) console.log('line ' + n); throw new Error('no'); }",
  );
  const { functionError, logTail = '' } = await hosted.invoke();
  expect(functionError).toBe('Unhandled');
  expect(Buffer.byteLength(logTail)).toBe(4096);
  expect(logTail).toContain('line 998\n');
  expect(logTail).not.toContain('START');
});

test('a tail of bytes begins with a whole character', () => {
  expect(lastBytes('aé', 2)).toBe('é');
  expect(lastBytes('aé', 1)).toBe('');
  expect(lastBytes('🚀🚀', 7)).toBe('🚀');
  expect(lastBytes('abc', 9)).toBe('abc');
});

test('only $LATEST of an existing function can be called', async () => {
  hosted = hostWith('exports.handler = async () => 1');
  const { host, definition } = hosted;
  for (const name of [definition.name, definition.arn]) {
    expect(() => host.requireFunction(name, '$LATEST')).not.toThrow();
    expect(() => host.requireFunction(name, '7')).toThrow(`Function not found: ${definition.arn}:7`);
  }
  for (const arn of [
    definition.arn.replace('eu-central-1', 'us-east-1'),
    definition.arn.replace('1111', '2222'),
  ])
    expect(() => host.requireFunction(arn, undefined)).toThrow(`Function not found: ${arn}`);
});
