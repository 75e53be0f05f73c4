import { z } from 'zod';
import type { Randomness } from '../../../randomness.ts';
import { AwsError } from '../../service.ts';
import { stableId } from '../identifiers.ts';
import { parseProperties, refusal } from '../rest-api/parse-properties.ts';
import type { RestApiDirectory } from '../rest-api/rest-api.ts';
import { type DefinedResource, numeric, tagList } from '../rest-api/template-properties.ts';
import {
  type AppliedTemplate,
  given,
  type Records,
  type Throttle,
  type UsagePlan,
} from './stored-keys-and-plans.ts';
import { addUsagePlan, checkUsagePlan, removeUsagePlan } from './usage-plans.ts';

/**
 * The template's usage plans, kept in the store. As in CloudFormation, properties are applied only if they differ from
 * those applied last, so a change that an operator made by hand stays until the template changes.
 */
export interface TemplatePlans {
  /** `Ref` and `Id`. */
  defineUsagePlan(id: string, properties: unknown): DefinedResource;
  /** Removes the plans of all other logical ids, as a stack update does. */
  keepOnlyPlans(ids: { has(id: string): boolean }): void;
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

export function createTemplatePlans(deps: {
  records: Records;
  randomness: Randomness;
  directory: RestApiDirectory;
}): TemplatePlans {
  const { records } = deps;
  return {
    defineUsagePlan(id, properties) {
      const resource = { type: 'AWS::ApiGateway::UsagePlan', id };
      const plan = readPlan(id, parseProperties(resource, usagePlan, properties));
      const planId = stableId(resource.type, id, 6);
      const answer = { ref: planId, attributes: { Id: planId } };
      const wanted: AppliedTemplate = { properties: JSON.stringify(plan), made: planId };
      const existing = records.plans.get(planId);
      if (existing && records.applied.get(id)?.properties === wanted.properties) return answer;
      try {
        checkUsagePlan(deps.directory, plan);
      } catch (error) {
        throw error instanceof AwsError ? refusal(resource, [error.message]) : error;
      }
      if (existing === undefined) addUsagePlan(deps, { ...plan, id: planId });
      else records.plans.put(planId, { ...plan, id: planId, ...given('order', existing.order) });
      records.applied.put(id, wanted);
      return answer;
    },

    keepOnlyPlans(ids) {
      for (const { id, value } of records.applied.list()) {
        if (ids.has(id)) continue;
        removeUsagePlan(records, value.made);
        records.applied.delete(id);
      }
    },
  };
}

function readPlan(id: string, parsed: z.output<typeof usagePlan>): Omit<UsagePlan, 'id'> {
  const { Quota: quota } = parsed;
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
    ...given('quota', quota && { limit: quota.Limit, period: quota.Period, offset: quota.Offset }),
    tags: parsed.Tags,
  };
}

const readThrottle = ({ RateLimit, BurstLimit }: z.output<typeof throttle>): Throttle => ({
  ...given('rateLimit', RateLimit),
  ...given('burstLimit', BurstLimit),
});
