import type { AwsRequest, AwsResponse } from '../../service.ts';
import type { Responder } from '../responders/responder.ts';
import { leftSignal } from './stop-when-client-leaves.ts';

/** The number of tokens is in a header, since the body is the model's own. */
export async function invokeModel(
  responder: Responder,
  modelId: string,
  { body, headers, raw }: AwsRequest,
): Promise<AwsResponse> {
  const startedAt = performance.now();
  const answer = await responder.invokeModel({
    modelId,
    body,
    contentType: headers['content-type'],
    accept: headers.accept,
    signal: leftSignal(raw.response),
  });
  const { inputTokens } = answer;
  return {
    status: 200,
    headers: {
      'content-type': answer.contentType,
      'x-amzn-bedrock-invocation-latency': String(Math.round(performance.now() - startedAt)),
      ...(inputTokens === undefined ? {} : { 'x-amzn-bedrock-input-token-count': String(inputTokens) }),
    },
    body: answer.body,
  };
}
