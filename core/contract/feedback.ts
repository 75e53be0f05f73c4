import * as z from 'zod';
import type { RouteContract } from './route-contract.ts';

/** How often a user may write to the operator in a day (UTC). */
export const feedbackPerDay = 5;
export const mostFeedbackCharacters = 4000;

export const feedbackCategories = ['problem', 'idea', 'question', 'other'] as const;

export const feedbackBody = z.strictObject({
  message: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(mostFeedbackCharacters, `must have at most ${mostFeedbackCharacters} characters`)
    .describe(`What to tell the operator, at most ${mostFeedbackCharacters} characters`),
  category: z.enum(feedbackCategories).default('other').describe('What it is about'),
});
export type FeedbackBody = z.infer<typeof feedbackBody>;

export const feedbackRoutes = {
  sendFeedback: {
    method: 'post',
    path: '/v1/feedback',
    access: 'login',
    summary: 'Write to the operator of this service',
    body: feedbackBody,
    answers: {
      202: {
        description: `The message is mailed within minutes, to be answered to your address. ${feedbackPerDay} a day (UTC)`,
        schema: z
          .strictObject({ status: z.literal('queued').describe('Kept until it is mailed') })
          .meta({ title: 'QueuedFeedback' }),
      },
    },
    errors: ['mail_not_set_up', 'too_many_attempts'],
  },
} as const satisfies Record<string, RouteContract>;
