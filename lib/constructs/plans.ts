import { type IRestApi, Period, type RestApi, UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { PlanSettings } from '../settings.ts';

export interface PlansProps {
  readonly api: RestApi;
  readonly plans: readonly PlanSettings[];
}

/**
 * API Gateway counts every call with a key, also those that we refuse or give back, and its own quota answer
 * can't tell limit and reset. So its quota is a wide fence against floods; the exact gate behind it counts the
 * plan (docs/decisions/0002-fence-and-gate.md).
 */
const fenceFactor = 10;

/** A usage plan for each plan of the settings. */
export class Plans extends Construct {
  constructor(scope: Construct, id: string, { api, plans }: PlansProps) {
    super(scope, id);
    for (const plan of plans) {
      // By its name alone: what changes the id makes a new usage plan, to which none of its keys belongs.
      new UsagePlan(this, plan.name, {
        name: plan.usagePlanName,
        description: `Daypass plan ${plan.name}: ${plan.requestsPerDay} requests a day, counted exactly by the gate`,
        quota: { limit: plan.requestsPerDay * fenceFactor, period: Period.DAY },
        throttle: { rateLimit: plan.rate, burstLimit: plan.burst },
        apiStages: [{ api: api as IRestApi, stage: api.deploymentStage }],
      });
    }
  }
}
