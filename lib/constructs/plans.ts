import { type IRestApi, Period, type RestApi, UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { unlimitedPlan } from '../../core/plans.ts';
import type { PlanSettings } from '../settings.ts';
import { onStage, type Stage } from '../stage.ts';

export interface PlansProps {
  readonly api: RestApi;
  readonly stage: Stage;
  readonly plans: readonly PlanSettings[];
}

/** A usage plan for each plan of the settings, and one without quota for the admins' own. */
export class Plans extends Construct {
  constructor(scope: Construct, id: string, { api, stage, plans }: PlansProps) {
    super(scope, id);
    const apiStages = [{ api: api as IRestApi, stage: api.deploymentStage }];
    for (const plan of plans) {
      // By the name alone: a changed id would make a new usage plan, to which no key belongs.
      new UsagePlan(this, plan.name, {
        name: plan.usagePlanName,
        description: `Daypass plan ${plan.name}: ${plan.requestsPerDay} requests a day, counted exactly by the gate`,
        quota: { limit: plan.requestsPerDay, period: Period.DAY },
        throttle: { rateLimit: plan.rate, burstLimit: plan.burst },
        apiStages,
      });
    }
    new UsagePlan(this, unlimitedPlan.name, {
      name: onStage(stage, unlimitedPlan).usagePlanName,
      description: `Daypass plan ${unlimitedPlan.name}: no quota, for admins and whom they allow it`,
      apiStages,
    });
  }
}
