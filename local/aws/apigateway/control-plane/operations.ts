import { createApiKey } from './create-api-key.ts';
import { createUsagePlan } from './create-usage-plan.ts';
import { createUsagePlanKey } from './create-usage-plan-key.ts';
import { deleteApiKey } from './delete-api-key.ts';
import { deleteUsagePlan } from './delete-usage-plan.ts';
import { deleteUsagePlanKey } from './delete-usage-plan-key.ts';
import { getAccount } from './get-account.ts';
import { getApiKey } from './get-api-key.ts';
import { getApiKeys } from './get-api-keys.ts';
import { getAuthorizer } from './get-authorizer.ts';
import { getAuthorizers } from './get-authorizers.ts';
import { getDeployment } from './get-deployment.ts';
import { getDeployments } from './get-deployments.ts';
import { getGatewayResponse } from './get-gateway-response.ts';
import { getGatewayResponses } from './get-gateway-responses.ts';
import { getMethod } from './get-method.ts';
import { getModel } from './get-model.ts';
import { getModels } from './get-models.ts';
import { getRequestValidator } from './get-request-validator.ts';
import { getRequestValidators } from './get-request-validators.ts';
import { getResource } from './get-resource.ts';
import { getResources } from './get-resources.ts';
import { getRestApi } from './get-rest-api.ts';
import { getRestApis } from './get-rest-apis.ts';
import { getStage } from './get-stage.ts';
import { getStages } from './get-stages.ts';
import { getTags } from './get-tags.ts';
import { getUsage } from './get-usage.ts';
import { getUsagePlan } from './get-usage-plan.ts';
import { getUsagePlanKey } from './get-usage-plan-key.ts';
import { getUsagePlanKeys } from './get-usage-plan-keys.ts';
import { getUsagePlans } from './get-usage-plans.ts';
import type { Operation } from './operation.ts';
import { tagResource } from './tag-resource.ts';
import { untagResource } from './untag-resource.ts';
import { updateApiKey } from './update-api-key.ts';
import { updateUsage } from './update-usage.ts';
import { updateUsagePlan } from './update-usage-plan.ts';

/** Every operation this control plane has; any other is refused by name. */
export const operations: readonly Operation[] = [
  createApiKey,
  createUsagePlanKey,
  createUsagePlan,
  deleteApiKey,
  deleteUsagePlanKey,
  deleteUsagePlan,
  getAccount,
  getApiKey,
  getApiKeys,
  getAuthorizer,
  getAuthorizers,
  getDeployment,
  getDeployments,
  getGatewayResponse,
  getGatewayResponses,
  getMethod,
  getModel,
  getModels,
  getRequestValidator,
  getRequestValidators,
  getResource,
  getResources,
  getRestApi,
  getRestApis,
  getStage,
  getStages,
  getTags,
  getUsagePlanKey,
  getUsagePlanKeys,
  getUsagePlan,
  getUsagePlans,
  getUsage,
  tagResource,
  untagResource,
  updateApiKey,
  updateUsagePlan,
  updateUsage,
];
