import { toMessage } from '../../../core/chat/anthropic-messages/fold.ts';
import { createMessageStream } from '../../../core/chat/anthropic-messages/stream.ts';
import { toChatRequest } from '../../../core/chat/anthropic-messages/to-chat-request.ts';
import type { ChatEvent } from '../../../core/chat/chat.ts';
import { messageBody } from '../../../core/contract/chat/message-request.ts';
import { toConverse } from '../../../core/providers/bedrock/to-converse.ts';
import { someLimits, someModel } from './model-fixture.ts';

const head = { requestId: '1=', answerId: '1', created: 1_764_000_000, model: 'm' };
const events: ChatEvent[] = [
  { type: 'reasoning', part: 0, text: 'Grüße, ' },
  { type: 'reasoning', part: 0, text: 'so to speak' },
  { type: 'reasoning-signature', part: 0, signature: 'sig:na' },
  { type: 'reasoning-signature', part: 0, signature: 'ture' },
  { type: 'part-end', part: 0 },
  { type: 'text', part: 1, text: 'Hi' },
  { type: 'part-end', part: 1 },
  { type: 'stop', reason: 'end' },
];
const asking = (display: string) =>
  messageBody.parse({
    model: 'm',
    max_tokens: 3000,
    messages: [{ role: 'user', content: 'Hi' }],
    thinking: { type: 'enabled', budget_tokens: 1024, display },
  });

test('reasoning that is not to be shown has no text, whole or streamed', () => {
  const [block] = toMessage(head, events, asking('omitted')).content;
  expect(block).toMatchObject({ type: 'thinking', thinking: '', signature: expect.stringMatching(/./) });
  const stream = createMessageStream(head, asking('omitted'));
  const text = events.map((event) => stream.next(event)).join('');
  expect(text).not.toContain('thinking_delta');
  expect(text).not.toContain('so to speak');
  const pieces = [...text.matchAll(/"signature_delta","signature":"([^"]+)"/g)].map(([, piece]) => piece);
  expect(pieces.join('')).toBe((block as { signature: string }).signature);
});

test('it goes back to the model as it was', () => {
  const { content } = toMessage(head, events, asking('omitted'));
  const messages = [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content },
    { role: 'user', content: 'Go on' },
  ];
  const { turns } = toChatRequest(messageBody.parse({ ...asking('omitted'), messages }), someLimits);
  expect(turns[1]?.parts[0]).toEqual({
    type: 'reasoning',
    text: 'Grüße, so to speak',
    signature: 'sig:nature',
  });
});

test('it is shown otherwise', () => {
  expect(toMessage(head, events, asking('summarized')).content[0]).toEqual({
    type: 'thinking',
    thinking: 'Grüße, so to speak',
    signature: 'sig:nature',
  });
});

test('a model that leaves reasoning out by default is not asked to show it', () => {
  const sent = (display: string | null) => {
    const body = messageBody.parse({ ...asking('omitted'), thinking: { type: 'adaptive', display } });
    const model = someModel({ family: 'claude', reasoning: 'adaptive' });
    return toConverse(toChatRequest(body, someLimits), model, someLimits).request
      .additionalModelRequestFields;
  };
  expect(sent('omitted')).toEqual({ thinking: { type: 'adaptive' } });
  expect(sent(null)).toEqual({ thinking: { type: 'adaptive', display: 'summarized' } });
});

test.each(['omitted:', 'omitted:abc', 'other'])(
  'a signature of another form is left alone: %s',
  (signature) => {
    const content = [
      { type: 'thinking', thinking: '', signature },
      { type: 'text', text: 'Hi' },
    ];
    const messages = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content },
      { role: 'user', content: 'Go on' },
    ];
    const { turns } = toChatRequest(messageBody.parse({ ...asking('omitted'), messages }), someLimits);
    expect(turns[1]?.parts[0]).toMatchObject({ text: '', signature });
  },
);
