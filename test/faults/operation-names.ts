import type { IncomingMessage } from 'node:http';

/** REST operations of API Gateway, Bedrock and other providers that our functions use, by method and path. */
const restOperations: [method: string, path: RegExp, service: string, operation: string][] = [
  ['POST', /^\/apikeys$/, 'apigateway', 'CreateApiKey'],
  ['GET', /^\/apikeys$/, 'apigateway', 'GetApiKeys'],
  ['DELETE', /^\/apikeys\/[^/]+$/, 'apigateway', 'DeleteApiKey'],
  ['GET', /^\/usageplans$/, 'apigateway', 'GetUsagePlans'],
  ['POST', /^\/usageplans\/[^/]+\/keys$/, 'apigateway', 'CreateUsagePlanKey'],
  ['DELETE', /^\/usageplans\/[^/]+\/keys\/[^/]+$/, 'apigateway', 'DeleteUsagePlanKey'],
  ['GET', /^\/usageplans\/[^/]+\/keys$/, 'apigateway', 'GetUsagePlanKeys'],
  ['POST', /^\/model\/[^/]+\/converse-stream$/, 'bedrock', 'ConverseStream'],
  ['POST', /^\/model\/[^/]+\/invoke$/, 'bedrock', 'InvokeModel'],
  ['POST', /^\/model\/[^/]+\/count-tokens$/, 'bedrock', 'CountTokens'],
  ['POST', /^\/openai\/v1\/responses$/, 'bedrock', 'CreateResponse'],
  ['POST', /^\/_stand-in\/openai\/v1\/chat\/completions$/, 'openai', 'CreateChatCompletion'],
  ['POST', /^\/_stand-in\/openai\/v1\/embeddings$/, 'openai', 'CreateEmbedding'],
  ['POST', /^\/_stand-in\/anthropic\/v1\/messages$/, 'anthropic', 'CreateMessage'],
  ['POST', /^\/_stand-in\/anthropic\/v1\/messages\/count_tokens$/, 'anthropic', 'CountMessageTokens'],
];

const targetServices: Record<string, string> = {
  DynamoDB_20120810: 'dynamodb',
  AWSCognitoIdentityProviderService: 'cognito-idp',
  TrentService: 'kms',
};

/** @throws Error for a call that this list does not know, so that none goes uncounted under a wrong name */
export function nameOperation(
  { headers, method, url }: IncomingMessage,
  body: Buffer,
): { service: string; operation: string; detail: string } {
  const [prefix = '', target] = String(headers['x-amz-target'] ?? '').split('.');
  if (target !== undefined) {
    const partition = /"pk":\{"S":"([A-Z]+#\d{1,2})"\}|":pk":\{"S":"([A-Z]+#\d{1,2})"\}/.exec(
      body.toString(),
    );
    const detail = target === 'Query' ? (partition?.[1] ?? partition?.[2] ?? '') : '';
    return { service: targetServices[prefix] ?? prefix, operation: target, detail };
  }
  const path = (url ?? '').split('?')[0] ?? '';
  const rest = restOperations.find(([verb, form]) => verb === method && form.test(path));
  if (rest === undefined) throw new Error(`the proxy has no name for ${method} ${path}`);
  const key = headers['x-api-key'] ?? /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  return { service: rest[2], operation: rest[3], detail: String(key) };
}
