import { AwsError } from '../service.ts';

/** The runtime's exceptions with their HTTP statuses, from the service model. */
export const bedrockStatuses = {
  AccessDeniedException: 403,
  InternalServerException: 500,
  ModelErrorException: 424,
  ModelNotReadyException: 429,
  ModelStreamErrorException: 424,
  ModelTimeoutException: 408,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 400,
  ServiceUnavailableException: 503,
  ThrottlingException: 429,
  ValidationException: 400,
} as const;

export type BedrockErrorName = keyof typeof bedrockStatuses;

export const isBedrockErrorName = (name: string): name is BedrockErrorName =>
  Object.hasOwn(bedrockStatuses, name);

export const bedrockError = (name: BedrockErrorName, message: string): AwsError =>
  new AwsError(name, message, bedrockStatuses[name]);

export const invalid = (message: string): AwsError => bedrockError('ValidationException', message);

/** For what real models do and the stand-in doesn't: refused by name, never ignored. */
export const unsupportedHere = (what: string): AwsError =>
  invalid(`The local Bedrock stand-in does not support ${what}.`);

/**
 * A member that breaks its constraint in the service model. Their paths count list items as `member`s from one:
 * `messages.1.member.content.2.member.toolUse.name`.
 * @param path with list indexes from zero, as everywhere else
 */
export function failedConstraint(path: string, value: string | undefined, constraint: string): AwsError {
  const smithyPath = path.replace(/\.(\d+)(?=\.|$)/g, (_, index: string) => `.${Number(index) + 1}.member`);
  const text = value === undefined ? 'Value null' : `Value '${value}'`;
  return invalid(
    `1 validation error detected: ${text} at '${smithyPath}' failed to satisfy constraint: ${constraint}`,
  );
}

/** A refusal by the model itself, behind Bedrock's own checks. */
export const refusedByModel = (message: string): AwsError =>
  invalid(`The model returned the following errors: ${message}`);
