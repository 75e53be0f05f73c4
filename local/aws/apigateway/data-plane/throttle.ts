import type { Throttle } from '../keys/stored-keys-and-plans.ts';
import { GatewayFailure } from '../rest-api/gateway-failures.ts';
import type { MethodSetting } from '../rest-api/rest-api.ts';
import type { TokenBuckets } from '../token-bucket.ts';
import type { Route } from './call.ts';
import type { MeteredKey } from './identify-key.ts';

/** What an account has where a setting says nothing. */
export const accountDefaults = { rateLimit: 10_000, burstLimit: 5_000 };

/** The usage plan's throttle for this key, its setting for the method winning. @throws GatewayFailure */
export function throttleKey(buckets: TokenBuckets, { key, plan }: MeteredKey, route: Route): void {
  const stage = plan.apiStages.find(
    ({ apiId, stage: name }) => apiId === route.api.id && name === route.stage.name,
  );
  const method = methodPath(route);
  const own = stage?.throttle?.[method];
  if (own) take(buckets, `plan/${plan.id}/${key.id}${method}`, own);
  else if (plan.throttle) take(buckets, `plan/${plan.id}/${key.id}`, plan.throttle);
}

/** The stage's setting for this method, each method having its own bucket. @throws GatewayFailure */
export function throttleMethod(buckets: TokenBuckets, route: Route): void {
  const setting = mostSpecific(route);
  if (setting?.rateLimit === undefined && setting?.burstLimit === undefined) return;
  const limits = {
    rateLimit: setting.rateLimit ?? accountDefaults.rateLimit,
    burstLimit: setting.burstLimit ?? accountDefaults.burstLimit,
  };
  take(buckets, `stage/${route.api.id}/${route.stage.name}${methodPath(route)}`, limits);
}

function mostSpecific({ stage, resource, method }: Route): MethodSetting | undefined {
  const rank = (setting: MethodSetting): number => {
    const path = setting.resourcePath === resource.path ? 2 : setting.resourcePath === '/*' ? 0 : -9;
    const verb = setting.httpMethod === method.httpMethod ? 1 : setting.httpMethod === '*' ? 0 : -9;
    return path + verb;
  };
  const fitting = stage.methodSettings.filter((setting) => rank(setting) >= 0);
  return fitting.sort((one, other) => rank(other) - rank(one))[0];
}

function take(buckets: TokenBuckets, name: string, limits: Throttle): void {
  const settings = {
    rate: limits.rateLimit ?? accountDefaults.rateLimit,
    burst: limits.burstLimit ?? accountDefaults.burstLimit,
  };
  if (buckets.take(name, settings) > 0) throw new GatewayFailure('THROTTLED');
}

const methodPath = ({ resource, method }: Route): string =>
  `${resource.path === '/' ? '' : resource.path}/${method.httpMethod}`;
