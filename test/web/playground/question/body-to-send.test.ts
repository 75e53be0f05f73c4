import * as fc from 'fast-check';
import { chatCompletionBody } from '../../../../core/contract/chat/chat-completion-request.ts';
import { ApiError } from '../../../../web/api-error.ts';
import { endedAs, newAnswer } from '../../../../web/screens/playground/answer/answer.ts';
import { callBody, callBytes } from '../../../../web/screens/playground/question/body-to-send.ts';
import { attachmentOf } from '../attachments/attachment-fixture.ts';

const settings = { model: 'nova-lite', system: '  ', temperature: undefined, maxTokens: undefined };
const answer = newAnswer('a', 'nova-lite', 0);
const asks = (text: string) => ({ text, attachments: [] });

test('an answer that was cut off stays in the conversation; an empty one does not', () => {
  const earlier = [
    { id: '1', question: asks('One?'), answer: { ...answer, text: 'Half an' } },
    { id: '2', question: asks('Two?'), answer },
  ];
  expect(callBody({ earlier, question: asks('Three?'), settings }).messages).toEqual([
    { role: 'user', content: 'One?' },
    { role: 'assistant', content: 'Half an' },
    { role: 'user', content: 'Two?' },
    { role: 'user', content: 'Three?' },
  ]);
});

test('a refused question is left out; one whose answer failed midway is not', () => {
  const refused = endedAs(
    answer,
    'failed',
    1,
    new ApiError('refusal', 'No.', { code: 'unsupported_parameter' }),
  );
  const lost = endedAs(answer, 'failed', 1, new ApiError('network', 'Lost.', { code: 'network_error' }));
  const earlier = [
    { id: '1', question: asks('Refused?'), answer: refused },
    { id: '2', question: asks('Lost?'), answer: lost },
  ];
  expect(callBody({ earlier, question: asks('Next?'), settings }).messages).toEqual([
    { role: 'user', content: 'Lost?' },
    { role: 'user', content: 'Next?' },
  ]);
});

test('files come before the text about them, in the contract’s shape', () => {
  const attachments = [
    attachmentOf('a.png', 'picture', { kind: 'image', mediaType: 'image/png' }),
    attachmentOf('b.txt', 'words'),
  ];
  const body = callBody({ earlier: [], question: { text: 'What?', attachments }, settings });
  expect(body.messages).toEqual([
    {
      role: 'user',
      content: [
        { type: 'image_url', image_url: { url: 'data:image/png;base64,cGljdHVyZQ==' } },
        { type: 'file', file: { filename: 'b.txt', file_data: 'data:text/plain;base64,d29yZHM=' } },
        { type: 'text', text: 'What?' },
      ],
    },
  ]);
  expect(chatCompletionBody.safeParse(body).success).toBe(true);
});

test('the size of a call is exact, without building it', () => {
  const text = fc.string({ unit: 'binary' });
  const attachment = fc
    .record({
      name: text,
      bytes: fc.uint8Array(),
      kind: fc.constantFrom('image' as const, 'document' as const),
    })
    .map(({ name, bytes, kind }) => attachmentOf(name, Buffer.from(bytes), { kind }));
  const question = fc.record({ text, attachments: fc.array(attachment, { maxLength: 3 }) });
  const turn = fc.record({ question, words: text }).map((one) => ({
    id: '1',
    question: one.question,
    answer: { ...answer, text: one.words },
  }));
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 3 }), question, text, (earlier, next, system) => {
      const call = { earlier, question: next, settings: { ...settings, system } };
      expect(callBytes(call)).toBe(Buffer.byteLength(JSON.stringify(callBody(call))));
    }),
  );
});
