import type { Clock } from '../../../clock.ts';
import type { Randomness } from '../../../randomness.ts';
import type { Records } from '../keys/stored-keys-and-plans.ts';
import type { UsageMeter } from '../keys/usage-meter.ts';
import type { RestApiDirectory } from '../rest-api/rest-api.ts';

export interface OperationDependencies {
  records: Records;
  directory: RestApiDirectory;
  meter: UsageMeter;
  clock: Clock;
  randomness: Randomness;
  activationDelaySeconds: number;
  region: string;
  accountId: string;
}

export interface OperationRequest {
  /** Decoded `{labels}` of the path. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** Parsed JSON; `{}` when there was none. */
  body: unknown;
}

export interface OperationAnswer {
  status: number;
  body?: object;
}

/** One control plane operation, at its place in the REST API. */
export interface Operation {
  name: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As in the service model: `/apikeys/{apiKey}`. */
  path: string;
  /** @throws AwsError */
  run(deps: OperationDependencies, request: OperationRequest): OperationAnswer;
}
