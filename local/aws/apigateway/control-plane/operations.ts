import type { Operation } from './operation.ts';
import { createApiKey, deleteApiKey, getApiKey, getApiKeys, updateApiKey } from './operations/api-keys.ts';
import { getUsage, updateUsage } from './operations/usage.ts';
import {
  createUsagePlanKey,
  deleteUsagePlanKey,
  getUsagePlanKey,
  getUsagePlanKeys,
} from './operations/usage-plan-keys.ts';
import {
  createUsagePlan,
  deleteUsagePlan,
  getUsagePlan,
  getUsagePlans,
  updateUsagePlan,
} from './operations/usage-plans.ts';

/** Every operation of this control plane; any other is refused by name. */
export const operations: readonly Operation[] = [
  createApiKey,
  getApiKey,
  getApiKeys,
  updateApiKey,
  deleteApiKey,
  createUsagePlan,
  getUsagePlan,
  getUsagePlans,
  updateUsagePlan,
  deleteUsagePlan,
  createUsagePlanKey,
  getUsagePlanKey,
  getUsagePlanKeys,
  deleteUsagePlanKey,
  getUsage,
  updateUsage,
];
