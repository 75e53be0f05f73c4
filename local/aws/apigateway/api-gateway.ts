import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { type Randomness, systemRandomness } from '../../randomness.ts';
import type { Store } from '../../state/store.ts';
import type { LambdaInvoker } from '../lambda/invoker.ts';
import type { AwsService } from '../service.ts';
import { createApiGatewayService } from './control-plane/service.ts';
import type { VerifyIdToken } from './data-plane/authorize.ts';
import { createDataPlane, type DataPlaneDependencies } from './data-plane/data-plane.ts';
import { openRecords } from './keys/stored-keys-and-plans.ts';
import { createTemplatePlans, type TemplatePlans } from './keys/template-plans.ts';
import { createUsageMeter } from './keys/usage-meter.ts';
import { createRestApiBuilder, type RestApiBuilder } from './rest-api/rest-api-builder.ts';
import { createTokenBuckets } from './token-bucket.ts';

export interface ApiGatewayDependencies {
  store: Store;
  clock: Clock;
  log: Log;
  lambda: LambdaInvoker;
  verifyIdToken: VerifyIdToken;
  region: string;
  accountId: string;
  /** How long it takes until the data plane accepts a new key or binding. @default 0 */
  activationDelaySeconds?: number;
  /** Whether the control plane keeps AWS's rate limits. @default true */
  controlPlaneLimits?: boolean;
  randomness?: Randomness;
  waf?: DataPlaneDependencies['waf'];
  cloudWatch?: DataPlaneDependencies['cloudWatch'];
}

export interface ApiGateway
  extends Omit<RestApiBuilder, 'keepOnlyRestApiParts'>,
    Omit<TemplatePlans, 'keepOnlyPlans'> {
  /** Removes what earlier templates defined under other logical ids. */
  keepOnly(ids: { has(id: string): boolean }): void;
  readonly controlPlane: AwsService;
  /** Serves every stage at `/<stage>/…`. */
  readonly dataPlane: (request: IncomingMessage, response: ServerResponse) => void;
}

/**
 * The API Gateway stand-in. REST APIs live in memory and come from the template; their policies, keys, plans and usage are stored.
 */
export function createApiGateway(options: ApiGatewayDependencies): ApiGateway {
  const { activationDelaySeconds = 0, controlPlaneLimits = true, randomness = systemRandomness } = options;
  const { directory, keepOnlyRestApiParts, ...builder } = createRestApiBuilder(options.store);
  const records = openRecords(options.store);
  const meter = createUsageMeter(options);
  const deps = {
    ...options,
    randomness,
    activationDelaySeconds,
    controlPlaneLimits,
    directory,
    records,
    meter,
  };
  const { keepOnlyPlans, ...plans } = createTemplatePlans(deps);
  return {
    ...builder,
    ...plans,
    keepOnly(ids) {
      keepOnlyRestApiParts(ids);
      keepOnlyPlans(ids);
    },
    controlPlane: createApiGatewayService({ ...deps, buckets: createTokenBuckets(options.clock) }),
    dataPlane: createDataPlane({ ...deps, buckets: createTokenBuckets(options.clock) }),
  };
}
