import type * as z from 'zod';
import { unlimitedPlan } from '../core/plans.ts';
import { billingMistakes } from './billing-settings.ts';
import { logInMistakes } from './log-in-settings.ts';
import { mistake } from './mistake.ts';
import {
  embeddingProviderMistakes,
  guardrailMistakes,
  modelProviderMistakes,
} from './model-provider-mistakes.ts';
import { providerMistakes } from './provider-settings.ts';
import { windowMistakes } from './window-mistakes.ts';

type Entry = Record<string, unknown>;

/**
 * Rules about several fields: names are unique, every name used exists, and Regions are given where they must be. It
 * reads the raw file, so that these mistakes are reported together with those of single fields.
 */
export function crossMistakes(file: unknown): z.core.$ZodIssue[] {
  const plans = entriesOf(file, 'plans');
  const models = entriesOf(file, 'models');
  const embeddingModels = entriesOf(file, 'embeddingModels');
  const providers = sectionsOf(file, 'providers');
  const modelNames = models.map((model) => model.name);
  const allNames = [...modelNames, ...embeddingModels.map((model) => model.name)];
  const known = oneOf(modelNames);
  const knownToPlans = oneOf(allNames);
  return [
    ...repeats('models', 'name', modelNames, 'must not occur twice'),
    ...repeats(
      'plans',
      'name',
      plans.map((plan) => plan.name),
      'must not occur twice',
    ),
    ...repeats(
      'plans',
      'usagePlanName',
      plans.map(usagePlanNameOf),
      'must differ: plans of equal size need names of their own',
    ),
    ...plans.flatMap((plan, at) =>
      unknownNames(['plans', at, 'models'], plan.models, allNames, knownToPlans),
    ),
    ...plans.flatMap(planMistakes),
    ...dormancyMistakes(file),
    ...plans.flatMap((plan, at) => windowMistakes(plan, ['plans', at])),
    ...repeats(
      'plans',
      'stripePriceId',
      plans.map((plan) => plan.stripePriceId),
      'must differ: a price pays for one plan',
    ),
    ...billingMistakes(file, plans),
    ...windowMistakes(perUserOf(file), ['limits', 'perUser']),
    ...models.flatMap((model, at) =>
      unknownNames(['models', at, 'fallbacks'], model.fallbacks, modelNames, known),
    ),
    ...models.flatMap(selfFallbacks),
    ...repeatedAcross(allNames, modelNames.length),
    ...models.flatMap((model, at) => regionMistakes(model, ['models', at])),
    ...providerMistakes(providers),
    ...logInMistakes(file),
    ...guardrailMistakes(file, models),
    ...models.flatMap((model, at) => modelProviderMistakes(model, at, providers)),
    ...models.flatMap(longContextMistakes),
    ...tierMistakes(file),
    ...embeddingModels.flatMap((model, at) => regionMistakes(model, ['embeddingModels', at])),
    ...embeddingModels.flatMap((model, at) => embeddingProviderMistakes(model, at, providers)),
  ];
}

function oneOf(names: unknown[]): string {
  return `must be one of ${names.map((name) => `'${name}'`).join(', ')}`;
}

/** The name a plan has in API Gateway: `10RequestPerDay` unless the settings say otherwise. */
export function defaultUsagePlanName(requestsPerDay: unknown): string {
  return `${requestsPerDay}RequestPerDay`;
}

function usagePlanNameOf(plan: Entry): unknown {
  return (
    plan.usagePlanName ??
    (plan.requestsPerDay === undefined ? undefined : defaultUsagePlanName(plan.requestsPerDay))
  );
}

/** Nobody's account is closed without a word. */
function dormancyMistakes(file: unknown): z.core.$ZodIssue[] {
  const { accounts, mail } = (file ?? {}) as Entry;
  const { dormantAfterDays } = (accounts ?? {}) as Entry;
  if (dormantAfterDays === undefined || (mail !== undefined && mail !== null)) return [];
  return [
    mistake(
      ['accounts', 'dormantAfterDays'],
      dormantAfterDays,
      'must be left out while mail is not set: users are told by mail before their account is closed',
    ),
  ];
}

/** The admins' own plan has both of its names; and an audience is nobody's without self-service. */
function planMistakes(plan: Entry, at: number): z.core.$ZodIssue[] {
  return [
    ...(['name', 'usagePlanName'] as const).flatMap((field) =>
      plan[field] === unlimitedPlan[field]
        ? [mistake(['plans', at, field], plan[field], 'must be another name: this is the admins’ own plan')]
        : [],
    ),
    ...(plan.for !== undefined && plan.selfService === false
      ? [
          mistake(
            ['plans', at, 'for'],
            plan.for,
            'must be left out while selfService is false: it picks among those who need no admin',
          ),
        ]
      : []),
  ];
}

function perUserOf(file: unknown): Entry {
  const { perUser } = ((file as Entry | null)?.limits ?? {}) as Entry;
  return (perUser ?? {}) as Entry;
}

function entriesOf(file: unknown, name: string): Entry[] {
  const list = (file as Entry | null)?.[name];
  if (!Array.isArray(list)) return [];
  return list.map((entry) => (typeof entry === 'object' && entry !== null ? (entry as Entry) : {}));
}

function sectionsOf(file: unknown, name: string): Record<string, Entry> {
  const section = (file as Entry | null)?.[name];
  if (typeof section !== 'object' || section === null || Array.isArray(section)) return {};
  return Object.fromEntries(
    Object.entries(section).filter(([, entry]) => typeof entry === 'object' && entry !== null),
  );
}

function repeats(list: string, field: string, names: unknown[], message: string): z.core.$ZodIssue[] {
  return names.flatMap((name, at) =>
    name !== undefined && names.indexOf(name) < at ? [mistake([list, at, field], name, message)] : [],
  );
}

/** Chat and embedding models share one space of names, in plans and keys too. */
function repeatedAcross(names: unknown[], chatModels: number): z.core.$ZodIssue[] {
  return repeats('embeddingModels', 'name', names, 'must not occur twice').flatMap((issue) => {
    const at = Number(issue.path[1]) - chatModels;
    return at < 0 ? [] : [{ ...issue, path: ['embeddingModels', at, 'name'] }];
  });
}

function unknownNames(
  path: PropertyKey[],
  used: unknown,
  names: unknown[],
  known: string,
): z.core.$ZodIssue[] {
  if (!Array.isArray(used)) return [];
  return used.flatMap((name, at) => (names.includes(name) ? [] : [mistake([...path, at], name, known)]));
}

function selfFallbacks(model: Entry, at: number): z.core.$ZodIssue[] {
  const fallbacks: unknown[] = Array.isArray(model.fallbacks) ? model.fallbacks : [];
  const self = fallbacks.indexOf(model.name);
  return self < 0 ? [] : [mistake(['models', at, 'fallbacks', self], model.name, 'must be another model')];
}

/** The operator must list the Regions of a geographic inference profile: the chat role gets rights in them. */
function regionMistakes(
  { inferenceProfile, inferenceRegions }: Entry,
  path: PropertyKey[],
): z.core.$ZodIssue[] {
  const geographic = typeof inferenceProfile === 'string' && !inferenceProfile.startsWith('global.');
  if (geographic === (inferenceRegions !== undefined)) return [];
  const message = geographic
    ? `must list the Regions that ${inferenceProfile} answers from`
    : 'must be left out unless inferenceProfile is a geographic one (us., eu., …)';
  return [mistake([...path, 'inferenceRegions'], inferenceRegions, message)];
}

/** A price for prompts longer than the model's context would never apply. */
function longContextMistakes({ longContext, contextTokens }: Entry, at: number): z.core.$ZodIssue[] {
  const { above } = (longContext ?? {}) as Entry;
  if (typeof above !== 'number' || typeof contextTokens !== 'number' || above < contextTokens) return [];
  return [mistake(['models', at, 'longContext', 'above'], above, 'must be less than contextTokens')];
}

/** The tier that callers get without asking must be on offer. */
function tierMistakes(file: unknown): z.core.$ZodIssue[] {
  const { serviceTiers, serviceTier } = ((file as Entry | null)?.chat ?? {}) as Entry;
  const listed = typeof serviceTiers === 'object' && serviceTiers !== null ? Object.keys(serviceTiers) : [];
  const offered = listed.length > 0 ? listed : ['default', 'flex'];
  const usual = serviceTier ?? 'default';
  const isTier = ['default', 'flex', 'priority', 'reserved'].includes(String(usual));
  if (!isTier || offered.includes(String(usual))) return [];
  return [mistake(['chat', 'serviceTier'], serviceTier, `${oneOf(offered)}, those of serviceTiers`)];
}
