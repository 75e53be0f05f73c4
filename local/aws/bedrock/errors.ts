import { AwsError } from '../service.ts';

/** Converse's and ConverseStream's exceptions with their HTTP statuses, from the service model. */
export const bedrockStatuses = {
  AccessDeniedException: 403,
  InternalServerException: 500,
  ModelErrorException: 424,
  ModelNotReadyException: 429,
  ModelStreamErrorException: 424,
  ModelTimeoutException: 408,
  ResourceNotFoundException: 404,
  ServiceUnavailableException: 503,
  ThrottlingException: 429,
  ValidationException: 400,
} as const;

export type BedrockErrorName = keyof typeof bedrockStatuses;

export const bedrockError = (name: BedrockErrorName, message: string): AwsError =>
  new AwsError(name, message, bedrockStatuses[name]);

export const invalid = (message: string): AwsError => bedrockError('ValidationException', message);
