import { badRequest, conflict, notFound } from '../../errors.ts';
import type { ApiStage, Quota, Throttle, UsagePlan } from '../../keys/stored-keys-and-plans.ts';
import { applyPatches, type Changes, type Patch, readNumber } from '../patch.ts';

type Change = (plan: UsagePlan, value: string) => UsagePlan;

const noQuota: Quota = { limit: 0, period: 'DAY', offset: 0 };
const quotaChange = (read: (value: string) => Partial<Quota>): Change => {
  return (plan, value) => ({ ...plan, quota: { ...noQuota, ...plan.quota, ...read(value) } });
};
const throttleChange = (name: keyof Throttle): Change => {
  return (plan, value) => ({ ...plan, throttle: { ...plan.throttle, [name]: readNumber(value) } });
};

const changes: Changes<UsagePlan> = {
  'replace /name': (plan, name) => ({ ...plan, name }),
  'replace /description': (plan, description) => ({ ...plan, description }),
  ...addOrReplace('/productCode', (plan, productCode) => ({ ...plan, productCode })),
  'remove /productCode': ({ productCode: _, ...plan }) => plan,
  ...addOrReplace(
    '/quota/limit',
    quotaChange((value) => ({ limit: readNumber(value) })),
  ),
  ...addOrReplace(
    '/quota/offset',
    quotaChange((value) => ({ offset: readNumber(value) })),
  ),
  ...addOrReplace(
    '/quota/period',
    quotaChange((value) => ({ period: readPeriod(value) })),
  ),
  'remove /quota': ({ quota: _, ...plan }) => plan,
  ...addOrReplace('/throttle/rateLimit', throttleChange('rateLimit')),
  ...addOrReplace('/throttle/burstLimit', throttleChange('burstLimit')),
  'remove /throttle': ({ throttle: _, ...plan }) => plan,
  'add /apiStages': addStage,
  'remove /apiStages': (plan, value) => {
    const removed = requireStage(plan, value);
    return { ...plan, apiStages: plan.apiStages.filter((stage) => stage !== removed) };
  },
};

const methodThrottle =
  /^\/apiStages\/(?<stage>[^/]+:[^/]+)\/throttle(?:\/(?<path>[^/]+)\/(?<method>[A-Z*]+)(?:\/(?<limit>rateLimit|burstLimit))?)?$/;

/** @throws AwsError for paths and values that UpdateUsagePlan doesn't accept */
export const patchUsagePlan = (plan: UsagePlan, patches: readonly Patch[]): UsagePlan =>
  patches.reduce(applyPatch, plan);

function applyPatch(plan: UsagePlan, patch: Patch): UsagePlan {
  const found = methodThrottle.exec(patch.path)?.groups;
  if (found === undefined) return applyPatches(plan, [patch], changes);
  const patched = requireStage(plan, found.stage ?? '');
  const apiStages = plan.apiStages.map((stage) =>
    stage === patched ? patchMethodThrottle(stage, patch, found) : stage,
  );
  return { ...plan, apiStages };
}

function patchMethodThrottle(
  { throttle = {}, ...stage }: ApiStage,
  patch: Patch,
  found: Record<string, string | undefined>,
): ApiStage {
  const target = `${(found.path ?? '').replaceAll('~1', '/').replaceAll('~0', '~')}/${found.method}`;
  const { [target]: limits, ...others } = throttle;
  if (patch.op === 'remove') return found.path === undefined ? stage : { ...stage, throttle: others };
  if (found.limit === undefined) {
    throw badRequest(`Invalid patch path  '${patch.path}' specified for op '${patch.op}'`);
  }
  return {
    ...stage,
    throttle: { ...others, [target]: { ...limits, [found.limit]: readNumber(patch.value) } },
  };
}

function addStage(plan: UsagePlan, value: string): UsagePlan {
  const [apiId, stage, ...more] = value.split(':');
  if (!apiId || !stage || more.length > 0)
    throw badRequest(`Invalid API stage '${value}': expected apiId:stage`);
  if (plan.apiStages.some((each) => each.apiId === apiId && each.stage === stage)) {
    throw conflict(`API Stage ${value} is already associated with usage plan ${plan.id}`);
  }
  return { ...plan, apiStages: [...plan.apiStages, { apiId, stage }] };
}

function requireStage(plan: UsagePlan, value: string): ApiStage {
  const found = plan.apiStages.find(({ apiId, stage }) => `${apiId}:${stage}` === value);
  if (found === undefined) throw notFound(`API Stage not found: ${value}`);
  return found;
}

/** The service accepts either for single values. */
function addOrReplace(path: string, change: Change): Changes<UsagePlan> {
  return { [`add ${path}`]: change, [`replace ${path}`]: change };
}

function readPeriod(value: string): Quota['period'] {
  if (value === 'DAY' || value === 'WEEK' || value === 'MONTH') return value;
  throw badRequest('Usage Plan quota period must be one of DAY, WEEK, MONTH');
}
