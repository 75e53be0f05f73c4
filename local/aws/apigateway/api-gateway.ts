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
import { openRecords } from './keys/records.ts';
import { createTemplateResources, type TemplateResources } from './keys/template-resources.ts';
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
  /** How long a new key, or a new binding to a plan, is not known to the data plane. @default 0 */
  activationDelaySeconds?: number;
  /** Whether the control plane has AWS's rate limits. @default true */
  controlPlaneLimits?: boolean;
  randomness?: Randomness;
  waf?: DataPlaneDependencies['waf'];
}

export interface ApiGateway extends RestApiBuilder, TemplateResources {
  readonly controlPlane: AwsService;
  /** Serves every stage at `/<stage>/…`. */
  readonly dataPlane: (request: IncomingMessage, response: ServerResponse) => void;
}

/** The API Gateway stand-in. REST APIs live in memory and come from the template; keys, plans and usage are stored. */
export function createApiGateway(options: ApiGatewayDependencies): ApiGateway {
  const { activationDelaySeconds = 0, controlPlaneLimits = true, randomness = systemRandomness } = options;
  const { directory, ...builder } = createRestApiBuilder(options);
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
  return {
    ...builder,
    ...createTemplateResources(deps),
    controlPlane: createApiGatewayService({ ...deps, buckets: createTokenBuckets(options.clock) }),
    dataPlane: createDataPlane({ ...deps, buckets: createTokenBuckets(options.clock) }),
  };
}
