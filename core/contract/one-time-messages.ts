import * as z from 'zod';
import { type HeaderContract, isoTime, type RouteContract } from './route-contract.ts';

/** UTF-8 bytes. */
export const mostMessageBytes = 102_400;

/** How long a message may wait. */
export const messageLife = { shortest: '1m', usual: '24h', longest: '7d' } as const;

export const createMessageBody = z.strictObject({
  message: z
    .string()
    .describe(
      `The text, at most ${mostMessageBytes} bytes in UTF-8, and not only white space. The reader gets it character by character as it was sent`,
    ),
  expiresIn: z
    .string()
    .max(40)
    .default(messageLife.usual)
    .describe(
      'For how long the message waits, one minute to seven days: a span such as `90m`, `12h` or `2d`, an ISO 8601 duration such as `PT12H`, or a time with its zone',
    ),
});
export type CreateMessageBody = z.infer<typeof createMessageBody>;

export const receiptHeaderName = 'x-daypass-receipt';
const receiptHeaders = {
  [receiptHeaderName]: {
    description: 'The `receipt` that `POST /v1/secrets` answered. Only the sender has it',
    required: true,
    schema: z.string().min(1).max(100),
  },
} as const satisfies Record<string, HeaderContract>;

export const createdMessage = z
  .strictObject({
    id: z.string().describe('The message’s id, `sec_…`. Whoever has it can read the message'),
    url: z
      .url()
      .describe(
        'The link for the reader: a page that shows the message once a button is pressed. In an answer of the API Gateway stage itself, of a deployment without a domain of its own, it is the message’s address in the API',
      ),
    receipt: z
      .string()
      .describe(
        'Proves that you are the sender: with it you can see whether the message was read, and burn it. Not for the reader',
      ),
    expiresAt: isoTime.describe('Until when the message can be read (ISO 8601, UTC)'),
  })
  .meta({ title: 'CreatedMessage' });

export const waitingMessage = z
  .strictObject({
    id: z.string().describe('The message’s id'),
    status: z.literal('waiting').describe('The message can be revealed, once'),
    expiresAt: isoTime.describe('Until when (ISO 8601, UTC)'),
  })
  .meta({ title: 'WaitingMessage' });

export const revealedMessage = z
  .strictObject({ message: z.string().describe('The text, as it was sent') })
  .meta({ title: 'RevealedMessage' });

export const receiptAnswer = z
  .strictObject({
    id: z.string().describe('The message’s id'),
    status: z
      .enum(['waiting', 'revealed', 'burned', 'expired'])
      .describe(
        '`waiting`: nobody has read it yet; `revealed`: it was read; `burned`: the sender took it back unread; `expired`: its time ran out unread',
      ),
    createdAt: isoTime.describe('When the message was written (ISO 8601, UTC)'),
    expiresAt: isoTime.describe('Until when it can be, or could have been, read (ISO 8601, UTC)'),
    revealedAt: isoTime.nullable().describe('When it was read (ISO 8601, UTC); null: it was not'),
    burnedAt: isoTime.nullable().describe('When the sender burned it (ISO 8601, UTC); null: not burned'),
  })
  .meta({ title: 'Receipt' });

const pathParameters = { id: 'The message’s id' };

/** One-time messages. Readers have no account, and what the id and the receipt show is theirs to see. */
export const oneTimeMessageRoutes = {
  createOneTimeMessage: {
    method: 'post',
    path: '/v1/secrets',
    access: 'public',
    summary: 'Write a message that can be read once',
    body: createMessageBody,
    answers: { 201: { description: 'The message waits for its reader', schema: createdMessage } },
    errors: [],
  },
  getOneTimeMessage: {
    method: 'get',
    path: '/v1/secrets/{id}',
    access: 'public',
    summary: 'Ask whether a message waits, without reading it',
    pathParameters,
    answers: { 200: { description: 'It waits', schema: waitingMessage } },
    errors: ['not_found'],
  },
  revealOneTimeMessage: {
    method: 'post',
    path: '/v1/secrets/{id}/reveal',
    access: 'public',
    summary: 'Read a message, which ends it',
    pathParameters,
    answers: {
      200: { description: 'The message. Every later call is a 404', schema: revealedMessage },
    },
    errors: ['not_found'],
  },
  getReceipt: {
    method: 'get',
    path: '/v1/secrets/{id}/receipt',
    access: 'public',
    summary: 'See whether and when my message was read',
    pathParameters,
    headers: receiptHeaders,
    answers: {
      200: {
        description: 'What became of the message, until seven days after it expires',
        schema: receiptAnswer,
      },
    },
    errors: ['not_found', 'invalid_request'],
  },
  burnOneTimeMessage: {
    method: 'delete',
    path: '/v1/secrets/{id}',
    access: 'public',
    summary: 'Burn my message, so that nobody can read it any more',
    pathParameters,
    headers: receiptHeaders,
    answers: {
      200: {
        description:
          'Nobody can read the message from now on. `status` is `revealed` if it had been read before',
        schema: receiptAnswer,
      },
    },
    errors: ['not_found', 'invalid_request'],
  },
} as const satisfies Record<string, RouteContract>;
