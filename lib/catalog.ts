import type { Catalog, CatalogModel } from '../core/catalog.ts';
import type { Plan } from '../core/plans.ts';
import type { ModelSettings, PlanSettings, Settings } from './settings.ts';

/** What of the settings is bundled into the functions. */
export function toCatalog(settings: Settings): Catalog {
  return {
    plans: settings.plans.map(toPlan),
    models: settings.models.map(toModel),
    chat: settings.chat,
    signUp: settings.signUp,
    limits: { perUser: settings.limits.perUser, ceiling: settings.ceiling },
  };
}

function toPlan({ rate: _rate, burst: _burst, ...plan }: PlanSettings): Plan {
  return plan;
}

function toModel(model: ModelSettings): CatalogModel {
  return {
    name: model.name,
    provider: model.provider,
    target: model.inferenceProfile ?? model.modelId,
    contextTokens: model.contextTokens,
    maxOutputTokens: model.maxOutputTokens,
    sampling: model.sampling,
    takesStopSequences: model.stopSequences,
    pricePerMillionTokens: model.pricePerMillionTokens,
    fallbacks: model.fallbacks,
    createdSeconds: Date.parse(model.released) / 1000,
    ownedBy: model.modelId.split('.')[0] ?? model.provider,
  };
}
