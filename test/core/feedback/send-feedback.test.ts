import {
  type Feedback,
  type FeedbackLimit,
  feedbackMail,
  sendFeedback,
} from '../../../core/feedback/send-feedback.ts';

const now = Date.parse('2026-11-28T20:00:00Z');
const caller = { userId: 'ada', email: 'ada@example.com', emailVerified: true, groups: [] };
const body = { message: 'It works.', category: 'idea' as const };

function world(outcome: 'added' | 'full' | 'gone' = 'added', status: 'active' | 'waiting' = 'active') {
  const added: [Feedback, FeedbackLimit][] = [];
  return {
    added,
    feedbackTo: 'ops@example.com' as string | undefined,
    clock: { now: () => now },
    newId: () => 'one',
    users: { ensure: async () => ({ ...caller, status, createdAt: now }) },
    feedback: {
      async add(feedback: Feedback, limit: FeedbackLimit) {
        added.push([feedback, limit]);
        return outcome;
      },
    },
  };
}

test('what a user writes is kept, and counted for the day by the address', async () => {
  const all = world();
  await sendFeedback(all, caller, body);
  expect(all.added).toMatchObject([
    [
      { ...body, id: 'one', userId: 'ada', email: 'ada@example.com', at: now },
      { most: 5, day: { endsAt: Date.parse('2026-11-29T00:00:00Z') } },
    ],
  ]);
});

test('without an operator to mail, it is refused by name, and nothing is kept', async () => {
  const all = { ...world(), feedbackTo: undefined };
  await expect(sendFeedback(all, caller, body)).rejects.toMatchObject({
    code: 'mail_not_set_up',
    status: 503,
  });
  expect(all.added).toEqual([]);
});

test('beyond the day’s five it is refused until the next day', async () => {
  await expect(sendFeedback(world('full'), caller, body)).rejects.toMatchObject({
    code: 'too_many_attempts',
    headers: { 'retry-after': String(4 * 3600) },
  });
});

test('who waits for approval can’t write yet', async () => {
  const all = world('added', 'waiting');
  await expect(sendFeedback(all, caller, body)).rejects.toMatchObject({ code: 'awaiting_approval' });
  expect(all.added).toEqual([]);
});

test('whoever is deleted meanwhile leaves nothing', async () => {
  const all = world('gone');
  let calls = 0;
  const ensure = async () =>
    ({ ...caller, status: calls++ === 0 ? 'active' : 'deleting', createdAt: now }) as const;
  await expect(sendFeedback({ ...all, users: { ensure } }, caller, body)).rejects.toMatchObject({
    code: 'unauthorized',
  });
});

test('the mail is answered to the user, and what they wrote is in its text alone', () => {
  const feedback: Feedback = {
    ...body,
    message: 'One\nTwo',
    id: 'one',
    userId: 'ada',
    email: 'ada@example.com',
    at: now,
  };
  expect(feedbackMail('ops@example.com', feedback)).toEqual({
    to: 'ops@example.com',
    replyTo: 'ada@example.com',
    subject: 'Feedback (idea) from ada@example.com',
    text: expect.stringMatching(
      /^One\nTwo\n\n-- \nWritten in the console at 2026-11-28T20:00:00\.000Z by ada@example\.com/,
    ),
  });
});
