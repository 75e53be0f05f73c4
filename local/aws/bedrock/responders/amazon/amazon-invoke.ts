import { type BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { isObject } from '../../json.ts';
import type { InvokeCall, InvokedModel } from '../responder.ts';
import { toAwsError } from './amazon-errors.ts';

const tokensHeader = 'x-amzn-bedrock-input-token-count';

/** InvokeModel at real Bedrock. The number of tokens is in a header, which the client shows to middleware only. */
export async function invokeAmazonModel(
  client: Pick<BedrockRuntimeClient, 'send'>,
  { accept, body, contentType, modelId, signal }: InvokeCall,
): Promise<InvokedModel> {
  const command = new InvokeModelCommand({
    modelId,
    body: new Uint8Array(body),
    ...(contentType === undefined ? {} : { contentType }),
    ...(accept === undefined ? {} : { accept }),
  });
  let tokens: number | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      tokens = tokensOf(result.response);
      return result;
    },
    { step: 'deserialize', name: 'readInputTokens' },
  );
  const answer = await client
    .send(command, { abortSignal: signal })
    .catch((error: unknown) => Promise.reject(toAwsError(error)));
  return {
    body: Buffer.from(answer.body),
    contentType: answer.contentType ?? 'application/json',
    ...(tokens === undefined ? {} : { inputTokens: tokens }),
  };
}

function tokensOf(response: unknown): number | undefined {
  const headers = isObject(response) && isObject(response.headers) ? response.headers : {};
  const value = headers[tokensHeader];
  return typeof value === 'string' ? Number(value) : undefined;
}
