import { localAnswer } from './built-in/local-answer.ts';
import { createModelResponder } from './model-responder.ts';
import { createOpenAiModel } from './openai/openai-compatible.ts';
import type { Responder } from './responder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where answers come from: real Bedrock (`DAYPASS_BEDROCK=aws`), an OpenAI-compatible server
 * (`DAYPASS_MODEL_URL`, `DAYPASS_MODEL_NAME`, `DAYPASS_MODEL_API_KEY`), or else the built-in text.
 * @throws an Error naming the variable whose value can't be used
 */
export async function chooseResponder(environment: Environment): Promise<Responder> {
  const {
    DAYPASS_BEDROCK: bedrock,
    DAYPASS_MODEL_API_KEY: apiKey,
    DAYPASS_MODEL_NAME: modelName,
    DAYPASS_MODEL_URL: url,
  } = environment;
  if (bedrock && bedrock !== 'aws') throw new Error(`DAYPASS_BEDROCK can only be 'aws', not '${bedrock}'.`);
  if (bedrock && url)
    throw new Error('DAYPASS_BEDROCK and DAYPASS_MODEL_URL exclude each other: set one of them.');
  if (modelName && !url) throw new Error('DAYPASS_MODEL_NAME needs DAYPASS_MODEL_URL.');
  if (apiKey && !url) throw new Error('DAYPASS_MODEL_API_KEY needs DAYPASS_MODEL_URL.');
  if (bedrock) return amazonResponder(environment);
  if (!url) return createModelResponder(localAnswer);
  return createModelResponder(
    createOpenAiModel({
      url: chatUrl(url),
      modelName: modelName || undefined,
      apiKey: apiKey || undefined,
    }),
  );
}

/** Loaded only when asked for: the client takes a tenth of a second to import. */
async function amazonResponder(environment: Environment): Promise<Responder> {
  for (const name of ['AWS_ENDPOINT_URL_BEDROCK_RUNTIME', 'AWS_ENDPOINT_URL']) {
    if (environment[name])
      throw new Error(`DAYPASS_BEDROCK=aws would not reach AWS while ${name} is set: unset it.`);
  }
  const { BedrockRuntimeClient } = await import('@aws-sdk/client-bedrock-runtime');
  const { createAmazonResponder } = await import('./amazon/amazon.ts');
  const region = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION;
  return createAmazonResponder(new BedrockRuntimeClient(region ? { region } : {}));
}

/** Takes a server (`http://localhost:11434`), its API's base (`…/v1`) or the whole path. */
function chatUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error(`DAYPASS_MODEL_URL must be an http or https URL, not '${text}'.`);
  }
  if (url.username || url.password)
    throw new Error('DAYPASS_MODEL_URL must not carry a user name or password.');
  const path = url.pathname.replace(/\/+$/, '');
  if (path === '') url.pathname = '/v1/chat/completions';
  else if (!path.endsWith('/chat/completions')) url.pathname = `${path}/chat/completions`;
  return url;
}
