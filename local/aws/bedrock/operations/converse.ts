import type { AwsResponse } from '../../service.ts';
import type { ModelCall, Responder } from '../responders/responder.ts';
import { bytesAsBase64 } from '../stream/event-frames.ts';

export const converse = async (responder: Responder, call: ModelCall): Promise<AwsResponse> =>
  jsonAnswer(await responder.converse(call));

export const jsonAnswer = (members: object): AwsResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(members, bytesAsBase64),
});
