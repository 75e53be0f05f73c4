import type { Randomness } from '../../../randomness.ts';
import { badRequest, limitExceeded, notFound } from '../errors.ts';
import { randomId } from '../identifiers.ts';
import type { RestApiDirectory } from '../rest-api/rest-api.ts';
import { keysOfPlan, unbindKey } from './key-bindings.ts';
import {
  type ApiStage,
  nextOrder,
  type Quota,
  type QuotaPeriod,
  type Records,
  type Throttle,
  type UsagePlan,
} from './stored-keys-and-plans.ts';

const plansPerAccount = 300;
const lastOffset: Record<QuotaPeriod, number> = { DAY: 0, WEEK: 6, MONTH: 27 };

export function addUsagePlan(
  { records, randomness }: { records: Records; randomness: Randomness },
  plan: Omit<UsagePlan, 'id'> & { id?: string },
): UsagePlan {
  const existing = records.plans.list();
  if (existing.length >= plansPerAccount) {
    throw limitExceeded('Maximum number of usage plans for this account has been reached.');
  }
  const record: UsagePlan = { id: randomId(randomness, 6), ...plan, order: nextOrder(existing) };
  records.plans.put(record.id, record);
  return record;
}

/** @throws NotFoundException */
export function requireUsagePlan(records: Records, id: string): UsagePlan {
  const plan = records.plans.get(id);
  if (plan === undefined) throw notFound('Invalid Usage Plan ID specified');
  return plan;
}

export function removeUsagePlan(records: Records, id: string): void {
  records.atomically(() => {
    for (const keyId of keysOfPlan(records, id)) unbindKey({ records }, id, keyId);
    records.plans.delete(id);
  });
}

/** @throws AwsError when the plan has limits that AWS doesn't accept, or names a stage that doesn't exist */
export function checkUsagePlan(directory: RestApiDirectory, plan: Omit<UsagePlan, 'id'>): void {
  if (plan.name.trim() === '') throw badRequest('Usage Plan name cannot be blank');
  if (plan.quota) checkQuota(plan.quota);
  if (plan.throttle) checkThrottle(plan.throttle);
  for (const stage of plan.apiStages) checkStage(directory, stage);
}

function checkQuota({ limit, period, offset }: Quota): void {
  if (!Number.isInteger(limit) || limit < 1)
    throw badRequest('Usage Plan quota limit must be greater than 0');
  if (!(period in lastOffset)) throw badRequest('Usage Plan quota period must be one of DAY, WEEK, MONTH');
  const last = lastOffset[period];
  if (!Number.isInteger(offset) || offset < 0 || offset > last) {
    throw badRequest(
      last === 0
        ? 'Usage Plan quota offset must be zero in the DAY period'
        : `Usage Plan quota offset must be between 0 and ${last} inclusive in the ${period} period`,
    );
  }
}

function checkThrottle({ rateLimit = 0, burstLimit = 0 }: Throttle): void {
  if (!(rateLimit >= 0)) throw badRequest('Usage Plan throttle rate limit must not be negative');
  if (!Number.isInteger(burstLimit) || burstLimit < 0) {
    throw badRequest('Usage Plan throttle burst limit must be an integer that is not negative');
  }
}

function checkStage(directory: RestApiDirectory, { apiId, stage, throttle = {} }: ApiStage): void {
  const api = directory.find(apiId);
  if (!api?.stages.has(stage)) throw notFound(`API Stage not found: ${apiId}:${stage}`);
  for (const [target, limits] of Object.entries(throttle)) {
    const [, path, method = ''] = /^(.*)\/([A-Z*]+)$/.exec(target) ?? [];
    const resource = [...api.resources.values()].find((each) => each.path === (path || '/'));
    if (!resource?.methods.has(method)) throw notFound(`Method not found for usage plan throttle: ${target}`);
    checkThrottle(limits);
  }
}
