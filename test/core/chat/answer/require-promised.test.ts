import { type Promised, requirePromised } from '../../../../core/chat/answer/require-promised.ts';
import type { ChatEvent, StopReason } from '../../../../core/chat/chat.ts';

const schema = { type: 'object', properties: { days: { type: 'integer', minimum: 1 } }, required: ['days'] };
const nothing: Promised = { format: undefined, tools: [] };
const shaped: Promised = { ...nothing, format: { type: 'json-schema', name: 'shape', schema } };
const inherited: Promised = {
  ...nothing,
  format: {
    type: 'json-schema',
    name: 'shape',
    schema: {
      type: 'object',
      properties: { toString: { type: 'integer' }, constructor: { type: 'string' } },
    },
  },
};
const strict: Promised = { ...nothing, tools: [{ name: 'find', schema }] };

function* said(texts: string[], inputs: string[], reason: StopReason): Generator<ChatEvent> {
  for (const text of texts) yield { type: 'text', part: 0, text };
  for (const [call, json] of inputs.entries()) {
    const part = call + 1;
    yield { type: 'tool-call', part, call, id: `c${call}`, name: 'find' };
    for (const piece of json) yield { type: 'tool-input', part, call, json: piece };
  }
  yield { type: 'stop', reason };
}

const failure = expect.objectContaining({ code: 'model_failed' });
const read = async (promised: Promised, texts: string[], inputs: string[], reason: StopReason) =>
  [...said(texts, inputs, reason)].flatMap(requirePromised(promised));

test.each<[string, Promised, string[], string[], StopReason]>([
  ['text if nothing was promised', nothing, ['no JSON'], [], 'end'],
  ['JSON in pieces that keeps to the schema', shaped, ['{"da', 'ys":2}'], [], 'end'],
  ['JSON without an optional property that objects inherit', inherited, ['{}'], [], 'end'],
  ['JSON with such properties', inherited, ['{"toString":1,"constructor":"x"}'], [], 'end'],
  ['JSON that was cut at its limit', shaped, ['{"da'], [], 'length'],
  [
    'JSON by a schema that can’t be followed',
    { ...nothing, format: { type: 'json-schema', name: 'shape', schema: { $ref: '#' } } },
    ['1'],
    [],
    'end',
  ],
  ['a call without an input', nothing, [], [''], 'tool-calls'],
  ['a call that was cut at its limit', nothing, [], ['{"da'], 'length'],
  ['an input that keeps to the schema of a strict tool', strict, [], ['{"days":3}'], 'tool-calls'],
  ['an input that need not keep to one', nothing, [], ['{"days":0}'], 'tool-calls'],
])('%s passes', async (_what, promised, texts, inputs, reason) => {
  const events = await read(promised, texts, inputs, reason);
  expect(events.at(-1)).toEqual({ type: 'stop', reason });
});

test.each<[string, Promised, string[], string[], StopReason]>([
  ['text if JSON was promised', shaped, ['no JSON'], [], 'end'],
  ['JSON with a wrong property that objects inherit', inherited, ['{"toString":"x"}'], [], 'end'],
  ['JSON of another shape', shaped, ['{"days":"two"}'], [], 'end'],
  ['JSON beyond a limit that the model doesn’t know', shaped, ['{"days":0}'], [], 'end'],
  ['a list where any object was promised', { ...nothing, format: { type: 'json' } }, ['[]'], [], 'end'],
  ['a call with half an input', nothing, [], ['{"da'], 'tool-calls'],
  ['a call with a list', nothing, [], ['[1]'], 'tool-calls'],
  ['one broken call among good ones', nothing, [], ['{}', '{'], 'tool-calls'],
  ['an input of a strict tool that doesn’t fit', strict, [], ['{"days":0}'], 'tool-calls'],
  ['no input of a strict tool that wants one', strict, [], [''], 'tool-calls'],
])('%s fails the answer at its stop', async (_what, promised, texts, inputs, reason) => {
  await expect(read(promised, texts, inputs, reason)).rejects.toEqual(failure);
});
