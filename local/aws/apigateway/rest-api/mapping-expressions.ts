/** What mapping expressions can read of one call. Names of headers are matched without regard to case. */
export interface MappingSource {
  context(name: string): string | undefined;
  stageVariable(name: string): string | undefined;
  request(part: 'header' | 'querystring' | 'path', name: string): string | undefined;
}

/** @returns undefined when a lone variable has no value for this call */
export type Template = (source: MappingSource) => string | undefined;

const contextNames = new Set([
  ...[
    'accountId',
    'apiId',
    'domainName',
    'domainPrefix',
    'extendedRequestId',
    'httpMethod',
    'path',
    'protocol',
  ],
  ...['requestId', 'requestTime', 'requestTimeEpoch', 'resourceId', 'resourcePath', 'stage', 'xrayTraceId'],
  ...['error.message', 'error.messageString', 'error.responseType', 'error.validationErrorString'],
  ...['identity.apiKey', 'identity.apiKeyId', 'identity.sourceIp', 'identity.userAgent'],
]);

const variable =
  /\$(?:context\.(?<context>authorizer\.[\w:.-]*\w|\w+(?:\.\w+)*)|stageVariables\.(?<stage>\w+)|method\.request\.(?<part>header|querystring|path)\.(?<name>[\w-]+))/g;
const engine = /\$(?:input|util)\b|\$\{|#(?:set|if|else|end|foreach|define|macro|parse|include)\b/;

/**
 * The text templates of gateway responses: variables only, no template engine, as on AWS.
 * @throws Error naming what isn't supported
 */
export function compileTextTemplate(text: string): Template {
  const foreign = engine.exec(text);
  if (foreign) throw new Error(`the template uses '${foreign[0]}', and only plain variables are supported`);
  const pieces: Template[] = [];
  let at = 0;
  for (const match of text.matchAll(variable)) {
    const literal = text.slice(at, match.index);
    pieces.push(() => literal, compileVariable(match.groups ?? {}));
    at = match.index + match[0].length;
  }
  const rest = text.slice(at);
  return (source) => pieces.map((piece) => piece(source) ?? '').join('') + rest;
}

/**
 * One header's mapping: `'text'`, `context.x`, `stageVariables.x` or `method.request.header.x`.
 * @throws Error naming an expression of another kind
 */
export function compileHeaderMapping(expression: string): Template {
  const quoted = /^'(.*)'$/s.exec(expression)?.[1];
  if (quoted !== undefined) return () => quoted;
  const [match, ...more] = `$${expression}`.matchAll(variable);
  if (match === undefined || more.length > 0 || match[0] !== `$${expression}`) {
    throw new Error(`the mapping expression ${expression} is not supported`);
  }
  return compileVariable(match.groups ?? {});
}

function compileVariable(found: Record<string, string | undefined>): Template {
  const { context, stage, name = '' } = found;
  const part = found.part as 'header' | 'querystring' | 'path' | undefined;
  if (stage !== undefined) return (source) => source.stageVariable(stage);
  if (part !== undefined) return (source) => source.request(part, name);
  const key = context ?? '';
  if (!contextNames.has(key) && !key.startsWith('authorizer.')) {
    throw new Error(`$context.${key} is not known to the local API Gateway`);
  }
  return (source) => source.context(key);
}
