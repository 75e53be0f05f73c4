import { z } from 'zod';
import { AwsError } from '../../service.ts';
import { stableId } from '../identifiers.ts';
import { parseProperties, refusal } from '../rest-api/parse-properties.ts';
import { type DefinedResource, numeric, tagList, truth } from '../rest-api/properties.ts';
import type { RestApiDirectory } from '../rest-api/rest-api.ts';
import { type ApiKeyDependencies, addApiKey, removeApiKey, requireApiKey } from './api-keys.ts';
import { bindKey, unbindKey } from './key-bindings.ts';
import { type AppliedTemplate, given, type Quota, type Throttle, type UsagePlan } from './records.ts';
import { addUsagePlan, checkUsagePlan, removeUsagePlan, requireUsagePlan } from './usage-plans.ts';

type Define = (id: string, properties: unknown) => DefinedResource;

/**
 * The template's usage plans and keys, kept in the store. As with CloudFormation, properties are applied when they
 * differ from those applied last, so a change an operator made by hand stays until the template changes.
 */
export interface TemplateResources {
  /** `Ref` and `Id`. */
  defineUsagePlan: Define;
  /** `Ref` and `APIKeyId`. */
  defineApiKey: Define;
  /** `Ref` is `keyId:planId`. */
  defineUsagePlanKey: Define;
  /** Logical ids the store still holds things of, from this start or an earlier one. */
  storedIds(): string[];
  /** Removes what `id` made, as a stack update does; false when it made nothing. */
  undefineStored(id: string): boolean;
}

const throttle = z.strictObject({ RateLimit: numeric.optional(), BurstLimit: numeric.optional() });
const usagePlan = z.strictObject({
  UsagePlanName: z.string().optional(),
  Description: z.string().optional(),
  ApiStages: z
    .array(
      z.strictObject({
        ApiId: z.string(),
        Stage: z.string(),
        Throttle: z.record(z.string(), throttle).optional(),
      }),
    )
    .default([]),
  Quota: z
    .strictObject({ Limit: numeric, Period: z.enum(['DAY', 'WEEK', 'MONTH']), Offset: numeric.default(0) })
    .optional(),
  Throttle: throttle.optional(),
  Tags: tagList,
});
const apiKey = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  CustomerId: z.string().optional(),
  Enabled: truth.default(false),
  GenerateDistinctId: z.unknown().optional(),
  StageKeys: z.array(z.strictObject({ RestApiId: z.string(), StageName: z.string() })).default([]),
  Tags: tagList,
  Value: z.string().optional(),
});
const usagePlanKey = z.strictObject({
  KeyId: z.string(),
  KeyType: z.literal('API_KEY'),
  UsagePlanId: z.string(),
});

export function createTemplateResources(
  deps: ApiKeyDependencies & { directory: RestApiDirectory },
): TemplateResources {
  const { records } = deps;

  /** Runs `apply` unless these very properties were applied before and what they made is still there. */
  const applyOnce = (
    resource: { type: string; id: string },
    wanted: AppliedTemplate,
    exists: boolean,
    apply: () => void,
  ) => {
    if (exists && records.applied.get(resource.id)?.properties === wanted.properties) return;
    try {
      apply();
    } catch (error) {
      throw error instanceof AwsError ? refusal(resource, [error.message]) : error;
    }
    records.applied.put(resource.id, wanted);
  };

  return {
    defineUsagePlan(id, properties) {
      const resource = { type: 'AWS::ApiGateway::UsagePlan', id };
      const plan = readPlan(id, parseProperties(resource, usagePlan, properties));
      const planId = stableId(resource.type, id, 6);
      const wanted: AppliedTemplate = { kind: 'plan', properties: JSON.stringify(plan), made: planId };
      const existing = records.plans.get(planId);
      applyOnce(resource, wanted, existing !== undefined, () => {
        checkUsagePlan(deps.directory, plan);
        if (existing === undefined) addUsagePlan(deps, { ...plan, id: planId });
        else records.plans.put(planId, { ...plan, id: planId, ...given('order', existing.order) });
      });
      return { ref: planId, attributes: { Id: planId } };
    },

    defineApiKey(id, properties) {
      const resource = { type: 'AWS::ApiGateway::ApiKey', id };
      const parsed = parseProperties(resource, apiKey, properties);
      const keyId = stableId(resource.type, id, 10);
      const wanted: AppliedTemplate = {
        kind: 'key',
        properties: JSON.stringify({ ...parsed, Value: undefined }),
        made: keyId,
      };
      const existing = records.keys.get(keyId);
      const sameValue = parsed.Value === undefined || parsed.Value === existing?.value;
      applyOnce(resource, wanted, existing !== undefined && sameValue, () => {
        const key = readKey(keyId, parsed);
        const plans = records.keyPlans.get(keyId);
        if (existing === undefined) addApiKey(deps, key);
        else if (sameValue)
          records.keys.put(keyId, {
            ...existing,
            ...key,
            value: existing.value,
            updatedAt: deps.clock.now(),
          });
        else {
          removeApiKey(records, keyId);
          addApiKey(deps, key);
          if (plans) records.keyPlans.put(keyId, plans);
        }
      });
      return { ref: keyId, attributes: { APIKeyId: keyId } };
    },

    defineUsagePlanKey(id, properties) {
      const resource = { type: 'AWS::ApiGateway::UsagePlanKey', id };
      const { KeyId: keyId, UsagePlanId: planId } = parseProperties(resource, usagePlanKey, properties);
      const made = `${planId}/${keyId}`;
      const bound = planId in (records.keyPlans.get(keyId) ?? {});
      applyOnce(resource, { kind: 'plan-key', properties: made, made }, bound, () => {
        requireUsagePlan(records, planId);
        requireApiKey(records, keyId);
        if (!bound) bindKey(deps, planId, keyId);
      });
      return { ref: `${keyId}:${planId}`, attributes: { Id: `${keyId}:${planId}` } };
    },

    storedIds: () => records.applied.list().map(({ id }) => id),

    undefineStored(id) {
      const applied = records.applied.get(id);
      if (applied === undefined) return false;
      const [first = '', second = ''] = applied.made.split('/');
      if (applied.kind === 'plan') removeUsagePlan(records, first);
      else if (applied.kind === 'key' && records.keys.get(first)) removeApiKey(records, first);
      else if (applied.kind === 'plan-key' && first in (records.keyPlans.get(second) ?? {})) {
        unbindKey(deps, first, second);
      }
      return records.applied.delete(id);
    },
  };
}

function readPlan(id: string, parsed: z.output<typeof usagePlan>): Omit<UsagePlan, 'id'> {
  return {
    name: parsed.UsagePlanName ?? id,
    ...given('description', parsed.Description),
    apiStages: parsed.ApiStages.map(({ ApiId, Stage, Throttle }) => ({
      apiId: ApiId,
      stage: Stage,
      ...given(
        'throttle',
        Throttle &&
          Object.fromEntries(
            Object.entries(Throttle).map(([method, limits]) => [method, readThrottle(limits)]),
          ),
      ),
    })),
    ...given('throttle', parsed.Throttle && readThrottle(parsed.Throttle)),
    ...given('quota', parsed.Quota && readQuota(parsed.Quota)),
    tags: parsed.Tags,
  };
}

const readThrottle = ({ RateLimit, BurstLimit }: z.output<typeof throttle>): Throttle => ({
  ...given('rateLimit', RateLimit),
  ...given('burstLimit', BurstLimit),
});

const readQuota = ({
  Limit,
  Period,
  Offset,
}: {
  Limit: number;
  Period: Quota['period'];
  Offset: number;
}): Quota => ({
  limit: Limit,
  period: Period,
  offset: Offset,
});

const readKey = (id: string, parsed: z.output<typeof apiKey>) => ({
  id,
  ...given('name', parsed.Name),
  ...given('description', parsed.Description),
  ...given('customerId', parsed.CustomerId),
  ...given('value', parsed.Value),
  enabled: parsed.Enabled,
  stageKeys: parsed.StageKeys.map(({ RestApiId, StageName }) => `${RestApiId}/${StageName}`),
  tags: parsed.Tags,
});
