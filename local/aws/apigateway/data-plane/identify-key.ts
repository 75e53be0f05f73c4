import type { Clock } from '../../../clock.ts';
import type { ApiKey, Records, UsagePlan } from '../keys/stored-keys-and-plans.ts';
import { GatewayFailure } from '../rest-api/gateway-failures.ts';
import { type Call, lastHeader, type Route } from './call.ts';

export interface MeteredKey {
  key: ApiKey;
  plan: UsagePlan;
}

/**
 * The key in `x-api-key` and the one usage plan that lets it into this stage.
 * @throws GatewayFailure when it is missing, unknown, disabled, not active yet or in no plan of this stage
 */
export function identifyKey(
  { records, clock }: { records: Records; clock: Clock },
  call: Call,
  { api, stage }: Route,
): MeteredKey {
  const value = lastHeader(call.headers, 'x-api-key');
  const keyId = value === undefined ? undefined : records.keyIds.get(value);
  const key = keyId === undefined ? undefined : records.keys.get(keyId);
  const isActive = ({ activeAt = 0 }: { activeAt?: number }) => activeAt <= clock.now();
  if (key?.enabled && isActive(key)) {
    for (const [planId, binding] of Object.entries(records.keyPlans.get(key.id) ?? {})) {
      const plan = records.plans.get(planId);
      const covers = plan?.apiStages.some(
        ({ apiId, stage: name }) => apiId === api.id && name === stage.name,
      );
      if (plan && covers && isActive(binding)) return { key, plan };
    }
  }
  throw new GatewayFailure('INVALID_API_KEY');
}
