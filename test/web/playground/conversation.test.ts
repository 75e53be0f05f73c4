import { ApiError } from '../../../web/api-error.ts';
import type { AnswerEvent } from '../../../web/screens/playground/answer/answer.ts';
import { type Ask, createConversations } from '../../../web/screens/playground/conversation.ts';
import type { Question } from '../../../web/screens/playground/question/question.ts';

const how = {
  key: { id: 'held-1', secret: 'dpk-secret' },
  settings: { model: 'nova-lite', system: '', temperature: undefined, maxTokens: undefined },
};
const text = (words: string): AnswerEvent => ({ type: 'text', text: words });
const asks = (words: string): Question => ({ text: words, attachments: [] });

/** An API that answers, and a painter that paints, when the test says so. */
function createFixture() {
  const asked: Ask[] = [];
  const frames: (() => void)[] = [];
  const answers: { say(event: AnswerEvent): void; end(error?: unknown): void }[] = [];
  let ids = 0;
  let now = 0;
  let notified = 0;
  const conversation = createConversations({
    async open(ask, signal) {
      asked.push(ask);
      const queue: (AnswerEvent | { error: unknown } | undefined)[] = [];
      let wake = () => {};
      const put = (entry: (typeof queue)[number]) => {
        queue.push(entry);
        wake();
      };
      signal.addEventListener('abort', () => put({ error: signal.reason }));
      answers.push({ say: put, end: (error) => put(error === undefined ? undefined : { error }) });
      async function* events() {
        for (;;) {
          if (queue.length === 0) await new Promise<void>((done) => (wake = done));
          const entry = queue.shift();
          if (entry === undefined) return;
          if ('error' in entry) throw entry.error;
          yield entry;
        }
      }
      return { limits: { requests: { limit: 10, remaining: 9, resetSeconds: 60 } }, events: events() };
    },
    now: () => now,
    newId: () => `id-${++ids}`,
    onNextFrame(work) {
      frames.push(work);
      return () => void frames.splice(frames.indexOf(work), 1);
    },
  });
  conversation.subscribe(() => {
    notified += 1;
  });
  return {
    conversation,
    asked,
    answers,
    frames,
    notified: () => notified,
    pass: (ms: number) => {
      now += ms;
    },
    turns: () =>
      conversation.state().turns.map(({ question, answer }) => [question.text, answer.text, answer.phase]),
  };
}

/** Lets pending promises settle. */
const settled = () => new Promise((done) => setImmediate(done));

test('subscribers of a thousand-part answer are notified once a frame', async () => {
  const fixture = createFixture();
  const { conversation, answers, frames } = fixture;
  const sent = conversation.send(asks('Count.'), how);
  await settled();
  const before = fixture.notified();
  for (let part = 0; part < 1000; part += 1) answers[0]?.say(text('x'));
  await settled();
  expect([fixture.notified() - before, frames.length]).toEqual([0, 1]);
  frames.shift()?.();
  expect(fixture.notified() - before).toBe(1);
  expect(conversation.state().turns[0]?.answer.text).toHaveLength(1000);
  answers[0]?.end();
  await sent;
});

test('the end is shown without waiting for a frame, which a hidden tab never has', async () => {
  const fixture = createFixture();
  const sent = fixture.conversation.send(asks('Hello?'), how);
  await settled();
  fixture.answers[0]?.say(text('Hello'));
  fixture.pass(40);
  fixture.answers[0]?.end();
  await sent;
  expect(fixture.turns()).toEqual([['Hello?', 'Hello', 'done']]);
  expect(fixture.frames).toEqual([]);
});

test('stopping keeps the text so far and is not a failure', async () => {
  const fixture = createFixture();
  const sent = fixture.conversation.send(asks('Go on for ever.'), how);
  await settled();
  fixture.answers[0]?.say(text('On and'));
  await settled();
  fixture.conversation.stop();
  expect(await sent).toMatchObject({ phase: 'stopped', text: 'On and', error: undefined });
});

test('a failure midway keeps the text, and asking again replaces it', async () => {
  const fixture = createFixture();
  const sent = fixture.conversation.send(asks('Hello?'), how);
  await settled();
  fixture.answers[0]?.say(text('Hel'));
  fixture.answers[0]?.end(new ApiError('server', 'The model failed.', { code: 'model_failed' }));
  await sent;
  expect(fixture.turns()).toEqual([['Hello?', 'Hel', 'failed']]);
  const again = fixture.conversation.askAgain(how);
  await settled();
  fixture.answers[1]?.say(text('Hello'));
  fixture.answers[1]?.end();
  await again;
  expect(fixture.turns()).toEqual([['Hello?', 'Hello', 'done']]);
  expect(fixture.asked.map(({ earlier }) => earlier.length)).toEqual([0, 0]);
});

test('the last question can be asked in other words; earlier ones stay', async () => {
  const fixture = createFixture();
  for (const [place, question] of ['One', 'Two'].entries()) {
    const sent = fixture.conversation.send(asks(question), how);
    await settled();
    fixture.answers[place]?.end();
    await sent;
  }
  const again = fixture.conversation.askAgain(how, asks('Three'));
  await settled();
  fixture.answers[2]?.end();
  await again;
  expect(fixture.turns().map(([question]) => question)).toEqual(['One', 'Three']);
  expect(fixture.asked[2]?.earlier.map(({ question }) => question.text)).toEqual(['One']);
});

test('what still arrives for a cleared conversation is dropped', async () => {
  const fixture = createFixture();
  const sent = fixture.conversation.send(asks('Hello?'), how);
  await settled();
  fixture.conversation.clear();
  fixture.answers[0]?.say(text('late'));
  expect(await sent).toMatchObject({ phase: 'stopped' });
  expect(fixture.turns()).toEqual([]);
});

test('answers and refusals both report what is left', async () => {
  const fixture = createFixture();
  const sent = fixture.conversation.send(asks('Hello?'), how);
  await settled();
  expect(fixture.conversation.state().left).toMatchObject({
    keyId: 'held-1',
    limits: { requests: { remaining: 9 } },
  });
  const rateLimits = { requests: { limit: 10, remaining: 0, resetSeconds: 30 } };
  fixture.answers[0]?.end(new ApiError('refusal', 'Used up.', { code: 'quota_exceeded', rateLimits }));
  await sent;
  expect(fixture.conversation.state().left).toMatchObject({ limits: rateLimits });
});

/** Asks one question and has it answered. */
async function exchange(fixture: ReturnType<typeof createFixture>, question: string): Promise<void> {
  const place = fixture.answers.length;
  const sent = fixture.conversation.send(asks(question), how);
  await settled();
  fixture.answers[place]?.say(text(`Answer to ${question}`));
  fixture.answers[place]?.end();
  await sent;
}

const firstQuestions = (fixture: ReturnType<typeof createFixture>) =>
  fixture.conversation.state().all.map(({ turns }) => turns[0]?.question.text);

test('a new conversation keeps the one before, whose answer goes on', async () => {
  const fixture = createFixture();
  const { conversation, answers } = fixture;
  const left = conversation.state().openId;
  const sent = conversation.send(asks('One?'), how);
  await settled();
  conversation.startNew();
  expect(fixture.turns()).toEqual([]);
  await exchange(fixture, 'Two?');
  expect(fixture.asked[1]?.earlier).toEqual([]);
  answers[0]?.say(text('Late, but here'));
  answers[0]?.end();
  await sent;
  conversation.open(left);
  expect(fixture.turns()).toEqual([['One?', 'Late, but here', 'done']]);
});

test('a conversation in which nothing was asked is not kept', async () => {
  const fixture = createFixture();
  await exchange(fixture, 'One?');
  fixture.conversation.startNew();
  fixture.conversation.startNew();
  const [one] = fixture.conversation.state().all;
  fixture.conversation.open(one?.id ?? '');
  expect(firstQuestions(fixture)).toEqual(['One?']);
});

test('stopping is for the open conversation alone', async () => {
  const fixture = createFixture();
  const { conversation, answers } = fixture;
  const first = conversation.send(asks('One?'), how);
  await settled();
  conversation.startNew();
  const second = conversation.send(asks('Two?'), how);
  await settled();
  conversation.stop();
  expect(await second).toMatchObject({ phase: 'stopped' });
  answers[0]?.end();
  expect(await first).toMatchObject({ phase: 'done' });
});

test('a removed conversation can be put back, with the answer that was under way as stopped', async () => {
  const fixture = createFixture();
  const { conversation } = fixture;
  const { openId } = conversation.state();
  conversation.rename(openId, ' Tulips ');
  const sent = conversation.send(asks('One?'), how);
  await settled();
  const removed = conversation.remove(openId);
  expect(await sent).toMatchObject({ phase: 'stopped' });
  expect([fixture.turns(), firstQuestions(fixture)]).toEqual([[], [undefined]]);
  if (removed !== undefined) conversation.restore(removed, removed);
  conversation.open(openId);
  expect(fixture.turns()).toEqual([['One?', '', 'stopped']]);
  expect(conversation.state().all).toMatchObject([{ name: 'Tulips' }]);
});

test('a conversation whose name is taken away goes by its first question again', () => {
  const { conversation } = createFixture();
  const { openId } = conversation.state();
  conversation.rename(openId, 'Tulips');
  conversation.rename(openId, ' ');
  expect(conversation.state().all[0]?.name).toBeUndefined();
});

test('clearing ends every answer and keeps nothing', async () => {
  const fixture = createFixture();
  const sent = fixture.conversation.send(asks('One?'), how);
  await settled();
  fixture.conversation.startNew();
  fixture.conversation.clear();
  expect(await sent).toMatchObject({ phase: 'stopped' });
  expect(firstQuestions(fixture)).toEqual([undefined]);
});
