interface Default {
  status: number;
  /** `$context.error.message` when the cause gives none of its own. */
  message: string;
  /** Value of `x-amzn-errortype`. */
  errorType: string;
}

const internal = { message: 'Internal server error', errorType: 'InternalServerErrorException' };

/**
 * Every gateway response with what AWS answers when no override exists.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export const gatewayResponseDefaults = {
  ACCESS_DENIED: {
    status: 403,
    message: 'User is not authorized to access this resource',
    errorType: 'AccessDeniedException',
  },
  API_CONFIGURATION_ERROR: { status: 500, ...internal },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, ...internal, errorType: 'AuthorizerConfigurationException' },
  AUTHORIZER_FAILURE: { status: 500, ...internal, errorType: 'AuthorizerConfigurationException' },
  BAD_REQUEST_BODY: { status: 400, message: 'Invalid request body', errorType: 'BadRequestException' },
  BAD_REQUEST_PARAMETERS: {
    status: 400,
    message: 'Missing required request parameters',
    errorType: 'BadRequestException',
  },
  EXPIRED_TOKEN: {
    status: 403,
    message: 'The security token included in the request is expired',
    errorType: 'ExpiredTokenException',
  },
  INTEGRATION_FAILURE: { status: 502, ...internal },
  INTEGRATION_TIMEOUT: { status: 504, message: 'Endpoint request timed out', errorType: internal.errorType },
  INVALID_API_KEY: { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
  INVALID_SIGNATURE: {
    status: 403,
    message: 'The request signature we calculated does not match the signature you provided',
    errorType: 'InvalidSignatureException',
  },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    message: 'Missing Authentication Token',
    errorType: 'MissingAuthenticationTokenException',
  },
  QUOTA_EXCEEDED: { status: 429, message: 'Limit Exceeded', errorType: 'LimitExceededException' },
  REQUEST_TOO_LARGE: { status: 413, message: 'Request Too Long', errorType: 'BadRequestException' },
  RESOURCE_NOT_FOUND: { status: 404, message: 'Not Found', errorType: 'NotFoundException' },
  THROTTLED: { status: 429, message: 'Too Many Requests', errorType: 'TooManyRequestsException' },
  UNAUTHORIZED: { status: 401, message: 'Unauthorized', errorType: 'UnauthorizedException' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    message: 'Unsupported Media Type',
    errorType: 'BadRequestException',
  },
  WAF_FILTERED: { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
} as const satisfies Record<string, Default>;

export type FailureType = keyof typeof gatewayResponseDefaults;
export type GatewayResponseType = FailureType | 'DEFAULT_4XX' | 'DEFAULT_5XX';

export const failureTypes = Object.keys(gatewayResponseDefaults) as FailureType[];
export const gatewayResponseTypes: readonly GatewayResponseType[] = [
  'DEFAULT_4XX',
  'DEFAULT_5XX',
  ...failureTypes,
];

/** Why API Gateway itself answers a call. */
export class GatewayFailure extends Error {
  readonly type: FailureType;
  /** `$context.error.validationErrorString` */
  readonly validationErrors: string | undefined;
  /** What AWS answers where it departs from the type's default. */
  readonly status: number | undefined;

  constructor(
    type: FailureType,
    options: { message?: string; validationErrors?: string; status?: number } = {},
  ) {
    super(options.message ?? gatewayResponseDefaults[type].message);
    this.type = type;
    this.validationErrors = options.validationErrors;
    this.status = options.status;
  }
}
