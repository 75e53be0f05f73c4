import type { AwsResponse } from '../service.ts';
import { bytesAsBase64 } from './event-frames.ts';
import type { ModelCall, Responder } from './responders/responder.ts';

export async function converse(responder: Responder, call: ModelCall): Promise<AwsResponse> {
  const answer = await responder.converse(call);
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(answer, bytesAsBase64),
  };
}
