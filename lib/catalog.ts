import type { BillingSettings, Catalog, CatalogModel, EmbeddingModel, LogInPolicy } from '../core/catalog.ts';
import { type Plan, unlimitedPlan } from '../core/plans.ts';
import { abilitiesOf, apisOf, upstreamAbilitiesOf } from './model-families.ts';
import { withDefaultPrices } from './model-prices.ts';
import { toUpstream } from './provider-settings.ts';
import type { EmbeddingModelSettings, ModelSettings, PlanSettings, Settings } from './settings.ts';
import { defaultName } from './site/site-settings.ts';
import { onStage, type Stage } from './stage.ts';

/** The part of the settings that is bundled into the functions. */
export function toCatalog(settings: Settings, stage: Stage = 'prod'): Catalog {
  return {
    serviceName: ownName(settings),
    plans: [...settings.plans.map(toPlan), onStage(stage, unlimitedPlan)],
    models: settings.models.map(toModel),
    embeddingModels: settings.embeddingModels.map(toEmbeddingModel),
    upstreams: Object.fromEntries(
      Object.entries(settings.providers).map(([name, provider]) => [name, toUpstream(name, provider)]),
    ),
    chat: toChat(settings.chat),
    signUp: settings.signUp,
    logIn: toLogInPolicy(settings.logIn),
    oneTimeMessages: settings.oneTimeMessages === 'off' ? undefined : settings.oneTimeMessages,
    requests: settings.requests,
    audit: settings.audit,
    accounts: settings.accounts,
    mail: toMail(settings),
    billing: settings.billing && toBilling(settings.billing.stripe),
    limits: { perUser: settings.limits.perUser, ceiling: toCeiling(settings.ceiling) },
  };
}

/** Without what only the template needs. */
function toChat({ memoryMegabytes: _memory, ...chat }: Settings['chat']): Catalog['chat'] {
  return chat;
}

/** Undefined, if the operator leaves it at ours. */
const ownName = ({ site }: Settings) => (site.name === defaultName ? undefined : site.name);

function toMail(settings: Settings): Catalog['mail'] {
  const { mail, alerts, site } = settings;
  const { feedback = alerts?.email } = site;
  return (
    mail && {
      ...mail,
      serviceName: ownName(settings),
      texts: site.mails,
      feedbackTo: feedback === 'off' ? undefined : feedback,
    }
  );
}

function toBilling({
  apiKey,
  webhookSecret,
  graceDays,
}: NonNullable<Settings['billing']>['stripe']): BillingSettings {
  return { apiKeySecret: apiKey.secret, webhookSecret: webhookSecret.secret, graceDays };
}

/** Without addresses and clients of the providers, which Cognito alone needs. */
function toLogInPolicy({ passwords, authenticator, passkeys, providers }: Settings['logIn']): LogInPolicy {
  return {
    passwords,
    authenticator,
    passkeys: passkeys === 'off' ? 'off' : 'on',
    providers: providers.map(({ name, label = name, domains }) => ({ name, label, domains })),
  };
}

function toCeiling({ spendPerDay, ...ceiling }: Settings['ceiling']): Catalog['limits']['ceiling'] {
  return { ...ceiling, spendPerDay: spendPerDay === 'off' ? undefined : spendPerDay };
}

function toPlan({ rate: _rate, burst: _burst, ...plan }: PlanSettings): Plan {
  return plan;
}

function toModel(model: ModelSettings): CatalogModel {
  const isBedrocks = model.provider === 'bedrock' || model.provider === 'bedrock-openai';
  const abilities = isBedrocks ? abilitiesOf(model.modelId) : upstreamAbilitiesOf(model.modelId);
  const family = model.family ?? abilities.family;
  return {
    name: model.name,
    provider: model.provider,
    modelId: model.modelId,
    target: model.inferenceProfile ?? model.modelId,
    contextTokens: model.contextTokens,
    maxOutputTokens: model.maxOutputTokens,
    sampling: model.sampling,
    takesStopSequences: model.stopSequences,
    family,
    accepts: model.accepts ?? abilities.accepts,
    structuredOutput: model.structuredOutput ?? abilities.structuredOutput,
    reasoning: model.reasoning ?? abilities.reasoning,
    pricePerMillionTokens: withDefaultPrices(model.pricePerMillionTokens, family),
    longContext: model.longContext && {
      above: model.longContext.above,
      pricePerMillionTokens: withDefaultPrices(model.longContext.pricePerMillionTokens, family),
    },
    apis: model.apis ?? (model.provider === 'bedrock' ? undefined : apisOf(model.modelId)),
    fallbacks: model.fallbacks,
    createdSeconds: Date.parse(model.released) / 1000,
    ownedBy: isBedrocks ? (model.modelId.split('.')[0] ?? 'bedrock') : model.provider,
  };
}

/** Bedrock user guide, Titan Text Embeddings. */
const titanCharacters = 50_000;

function embeddingFamily({ provider, modelId }: EmbeddingModelSettings): EmbeddingModel['family'] {
  if (provider !== 'bedrock') return 'openai';
  return modelId.startsWith('cohere.') ? 'cohere' : 'titan';
}

/** Bedrock user guide, Titan Text Embeddings V2 and Cohere Embed v4; OpenAI's guide to embeddings. */
function embeddingContext({ modelId }: EmbeddingModelSettings): number | undefined {
  if (modelId.startsWith('text-embedding-3-')) return 8192;
  if (modelId.startsWith('amazon.titan-embed-text-v2')) return 8192;
  return modelId.startsWith('cohere.embed-v4') ? 128_000 : undefined;
}

function toEmbeddingModel(model: EmbeddingModelSettings): EmbeddingModel {
  const { input } = model.pricePerMillionTokens;
  const family = embeddingFamily(model);
  return {
    name: model.name,
    provider: model.provider,
    target: model.inferenceProfile ?? model.modelId,
    family,
    contextTokens: model.contextTokens ?? embeddingContext(model),
    maxCharacters: family === 'titan' ? titanCharacters : undefined,
    dimensions: model.dimensions,
    pricePerMillionTokens: withDefaultPrices({ input, output: 0 }),
    createdSeconds: Date.parse(model.released) / 1000,
    ownedBy: family === 'openai' ? model.provider : family === 'cohere' ? 'cohere' : 'amazon',
  };
}
