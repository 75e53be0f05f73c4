import type { Plan } from '../core/plans.ts';
import type { Settings } from './settings.ts';

export type Stage = 'prod' | 'dev';

/**
 * What `-c stage=…` names, `prod` unless it is given.
 * @throws Error for any other word: a typo must not deploy to `prod`
 */
export function readStage(given: unknown): Stage {
  if (given === undefined) return 'prod';
  if (given === 'prod' || given === 'dev') return given;
  throw new Error(`The stage is '${given}', but must be 'prod' or 'dev'.`);
}

/** The prefix of every name that two deployments in one account would otherwise share. */
export function stackNameOf(stage: Stage): string {
  return stage === 'prod' ? 'Daypass' : `Daypass-${stage}`;
}

/**
 * Functions find usage plans by name, and the plans of an account and Region are one list, so a stage other than `prod`
 * prefixes its plans with its name, and neither finds the other's.
 */
export function onStage<P extends Pick<Plan, 'usagePlanName'>>(stage: Stage, plan: P): P {
  return stage === 'prod' ? plan : { ...plan, usagePlanName: `${stage}-${plan.usagePlanName}` };
}

/** The settings as one stage deploys them. */
export function settingsOf(stage: Stage, settings: Settings): Settings {
  return { ...settings, plans: settings.plans.map((plan) => onStage(stage, plan)) };
}
