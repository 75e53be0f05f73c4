import {
  createMessageBody,
  mostMessageBytes,
  type oneTimeMessageRoutes,
  receiptHeaderName,
} from '../../../core/contract/one-time-messages.ts';
import { createMessage } from '../../../core/one-time-messages/create-message.ts';
import { burnMessage, getReceipt } from '../../../core/one-time-messages/receipt.ts';
import { findWaiting, revealMessage } from '../../../core/one-time-messages/reveal-message.ts';
import { byRoute } from '../../http/by-route.ts';
import { jsonRoute } from '../../http/pipeline.ts';
import { openOneTimeMessages } from '../../one-time-message-ports.ts';

const ports = openOneTimeMessages();

/** JSON may write a character as `\u0001`, six bytes for one. */
const bodyLimits = { maxBytes: 6 * mostMessageBytes + 1024, maxDepth: 2 };

export const handler = byRoute<typeof oneTimeMessageRoutes>({
  'POST /v1/secrets': jsonRoute({ body: createMessageBody, bodyLimits }, async (request) => {
    const { expiresAt, ...created } = await createMessage(ports, request.body, request.clientAddress);
    const { console, stage } = request.base;
    const url = console ? `${console}/secrets/${created.id}` : `${stage}/v1/secrets/${created.id}`;
    return { status: 201, body: { ...created, url, expiresAt: new Date(expiresAt).toISOString() } };
  }),
  'GET /v1/secrets/{id}': jsonRoute({}, async ({ pathParameters: { id = '' } }) => {
    const { expiresAt } = await findWaiting(ports, id);
    return {
      status: 200,
      body: { id, status: 'waiting', expiresAt: new Date(expiresAt).toISOString() },
    };
  }),
  'POST /v1/secrets/{id}/reveal': jsonRoute({}, async ({ pathParameters: { id = '' } }) => ({
    status: 200,
    body: { message: await revealMessage(ports, id) },
  })),
  'GET /v1/secrets/{id}/receipt': jsonRoute({}, async ({ pathParameters: { id = '' }, headers }) => ({
    status: 200,
    body: await getReceipt(ports, id, headers[receiptHeaderName]),
  })),
  'DELETE /v1/secrets/{id}': jsonRoute({}, async ({ pathParameters: { id = '' }, headers }) => ({
    status: 200,
    body: await burnMessage(ports, id, headers[receiptHeaderName]),
  })),
});
