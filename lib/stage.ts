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
 * The settings as one stage deploys them. Functions find usage plans by name, and the plans of an account and Region
 * are one list, so a stage other than `prod` prefixes its plans with its name, and neither finds the other's.
 */
export function settingsOf(stage: Stage, settings: Settings): Settings {
  if (stage === 'prod') return settings;
  const plans = settings.plans.map((plan) => ({ ...plan, usagePlanName: `${stage}-${plan.usagePlanName}` }));
  return { ...settings, plans };
}
