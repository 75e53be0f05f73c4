import { randomUUID } from 'node:crypto';

/** The values of an access log's variables for one call, by their names without `$context.`. */
export type AccessLogSource = (name: string) => string | undefined;

export type AccessLogLine = (source: AccessLogSource) => string;

const variable = /\$context\.([A-Za-z]+(?:\.[\w:-]*\w)*)/g;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const known = new Set([
  ...['accountId', 'apiId', 'domainName', 'domainPrefix', 'error.message', 'error.messageString'],
  ...['error.responseType', 'error.validationErrorString', 'extendedRequestId', 'httpMethod'],
  ...['identity.apiKey', 'identity.apiKeyId', 'identity.sourceIp', 'identity.userAgent', 'path', 'protocol'],
  ...['requestId', 'requestTime', 'requestTimeEpoch', 'resourceId', 'resourcePath', 'responseLatency'],
  ...['responseLength', 'stage', 'status', 'xrayTraceId'],
]);

/**
 * A stage's `AccessLogSetting.Format`. What has no value is `-`, as on AWS.
 * @throws Error for what AWS refuses, or naming a variable that isn't known here
 */
export function compileAccessLog(format: string): AccessLogLine {
  if (/\n./s.test(format)) throw new Error('an access log format is one line');
  const names = [...format.matchAll(variable)].map(([, name = '']) => name);
  if (!names.includes('requestId') && !names.includes('extendedRequestId')) {
    throw new Error('an access log format must have $context.requestId or $context.extendedRequestId');
  }
  const foreign = names.find((name) => !known.has(name) && !name.startsWith('authorizer.claims.'));
  if (foreign !== undefined) throw new Error(`$context.${foreign} is not known to the local API Gateway`);
  return (source) =>
    format.trimEnd().replace(variable, (_whole, name: string) => safeRequestId(name, source(name)) ?? '-');
}

/**
 * In access logs a caller's request id is replaced unless it is a UUID ([AWS][1]).
 *
 * [1]: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html
 */
function safeRequestId(name: string, value: string | undefined): string | undefined {
  if (name !== 'requestId' || value === undefined || uuid.test(value)) return value;
  return `${randomUUID()}_REPLACED_INVALID_REQUEST_ID`;
}
