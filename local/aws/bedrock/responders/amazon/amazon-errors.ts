import { AwsError } from '../../../service.ts';
import { bedrockError, bedrockStatuses, isBedrockErrorName } from '../../errors.ts';
import { isObject } from '../../json.ts';

/** Bedrock's own refusal, to be told again under the same name. */
export function toAwsError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AwsError) return error;
  if (error.name === 'CredentialsProviderError') {
    return bedrockError('AccessDeniedException', `No AWS credentials on this machine: ${error.message}`);
  }
  const metadata = '$metadata' in error && isObject(error.$metadata) ? error.$metadata : {};
  // An exception inside a stream has no status of its own: the answer's was 200.
  const status = isBedrockErrorName(error.name) ? bedrockStatuses[error.name] : metadata.httpStatusCode;
  return typeof status === 'number' ? new AwsError(error.name, error.message, status) : error;
}
