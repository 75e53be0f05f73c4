import type { ChatSettings } from '../../../core/catalog.ts';
import type { SendUpstream } from '../../../core/chat/upstream.ts';
import { awsRegion } from '../aws/region.ts';
import { createSigner } from '../aws/sign-post.ts';
import { createHttpUpstream } from './http-upstream.ts';

/** Bedrock's endpoint for OpenAI's API, signed by the function's role (Bedrock user guide, Chat Completions API). */
export function createBedrockOpenAi(guardrail: ChatSettings['guardrail']): SendUpstream {
  const elsewhere = process.env.AWS_ENDPOINT_URL;
  const origin = elsewhere ?? `https://bedrock-runtime.${awsRegion()}.amazonaws.com`;
  const target = {
    baseUrl: `${origin.replace(/\/$/, '')}/openai/v1`,
    privateNetwork: elsewhere !== undefined,
  };
  const send = createHttpUpstream(target, { sign: createSigner('bedrock') });
  if (guardrail === undefined) return send;
  const guarded = {
    'x-amzn-bedrock-guardrailidentifier': guardrail.id,
    'x-amzn-bedrock-guardrailversion': guardrail.version,
  };
  return (call, signal) => send({ ...call, headers: { ...call.headers, ...guarded } }, signal);
}
