interface ServiceErrors {
  error: [name: string, status: number];
  throttle: [name: string, status: number];
}

/** Names and statuses of the services' own API references. */
const errors: Record<string, ServiceErrors> = {
  dynamodb: { error: ['InternalServerError', 500], throttle: ['ThrottlingException', 400] },
  apigateway: {
    error: ['ServiceUnavailableException', 503],
    throttle: ['TooManyRequestsException', 429],
  },
  kms: { error: ['KMSInternalException', 500], throttle: ['ThrottlingException', 400] },
  'cognito-idp': { error: ['InternalErrorException', 500], throttle: ['TooManyRequestsException', 400] },
  secretsmanager: { error: ['InternalServiceError', 500], throttle: ['ThrottlingException', 400] },
  openai: { error: ['server_error', 500], throttle: ['rate_limit_error', 429] },
  anthropic: { error: ['api_error', 500], throttle: ['rate_limit_error', 429] },
  bedrock: { error: ['InternalServerException', 500], throttle: ['ThrottlingException', 429] },
};

/** An answer as the service itself gives it; both protocols read the name from the header or the body. */
export function errorAnswer(service: string, kind: 'error' | 'throttle' | 'conflict') {
  const [name, status] =
    kind === 'conflict'
      ? ['TransactionConflictException', 400]
      : (errors[service]?.[kind] ?? ['InternalFailure', 500]);
  const body = JSON.stringify({ __type: name, message: `made to fail by the proxy (${kind})` });
  const headers = {
    'content-type': service === 'apigateway' ? 'application/json' : 'application/x-amz-json-1.1',
    'content-length': String(Buffer.byteLength(body)),
    'x-amzn-errortype': name,
  };
  return { status, headers, body };
}
