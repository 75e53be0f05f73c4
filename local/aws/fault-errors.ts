import type { FaultRule } from '../faults.ts';
import { bedrockStatuses } from './bedrock/errors.ts';
import { AwsError } from './service.ts';

interface ServiceErrors {
  /** What `throttle` and `error` mean when the rule names no error. */
  throttle: string;
  failure: string;
  /** Statuses that are not 400. */
  statuses: Readonly<Record<string, number>>;
}

const jsonProtocolErrors: ServiceErrors = {
  throttle: 'ThrottlingException',
  failure: 'InternalFailure',
  statuses: { InternalFailure: 500, ServiceUnavailable: 503 },
};

const errorsByService: Readonly<Record<string, ServiceErrors>> = {
  bedrock: { throttle: 'ThrottlingException', failure: 'InternalServerException', statuses: bedrockStatuses },
  apigateway: {
    throttle: 'TooManyRequestsException',
    failure: 'ServiceUnavailableException',
    statuses: {
      ConflictException: 409,
      InternalFailure: 500,
      LimitExceededException: 429,
      NotFoundException: 404,
      ServiceUnavailableException: 503,
      TooManyRequestsException: 429,
      UnauthorizedException: 401,
    },
  },
  dynamodb: {
    throttle: 'ThrottlingException',
    failure: 'InternalServerError',
    statuses: { InternalServerError: 500, ServiceUnavailable: 503 },
  },
  'cognito-idp': {
    throttle: 'TooManyRequestsException',
    failure: 'InternalErrorException',
    statuses: { InternalErrorException: 500, ServiceUnavailable: 503 },
  },
  ses: {
    throttle: 'TooManyRequestsException',
    failure: 'InternalServiceErrorException',
    statuses: { TooManyRequestsException: 429, InternalServiceErrorException: 500 },
  },
  stripe: {
    throttle: 'rate_limit',
    failure: 'api_error',
    statuses: { rate_limit: 429, api_error: 500 },
  },
  openai: {
    throttle: 'rate_limit_exceeded',
    failure: 'server_error',
    statuses: { rate_limit_exceeded: 429, insufficient_quota: 429, server_error: 500 },
  },
  anthropic: {
    throttle: 'rate_limit_error',
    failure: 'api_error',
    statuses: { rate_limit_error: 429, api_error: 500, overloaded_error: 529, authentication_error: 401 },
  },
  kms: {
    throttle: 'ThrottlingException',
    failure: 'KMSInternalException',
    statuses: { DependencyTimeoutException: 503, KMSInternalException: 500, KeyUnavailableException: 500 },
  },
};

/** The error that a rule of kind `error` or `throttle` answers with; the rule's own message wins. */
export function faultError(rule: FaultRule, service: string): AwsError {
  const known = errorsByService[service] ?? jsonProtocolErrors;
  const code = rule.error ?? (rule.kind === 'throttle' ? known.throttle : known.failure);
  const status = rule.status ?? known.statuses[code] ?? 400;
  const headers: Record<string, string> = code === 'TooManyRequestsException' ? { 'retry-after': '1' } : {};
  return new AwsError(
    code,
    rule.message ?? `Made to fail by a fault switch (${rule.kind}).`,
    status,
    headers,
  );
}
