import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import * as z from 'zod';
import { dollars } from '../core/contract/key-requests.ts';
import { byField, limitRows } from '../core/metering/windows.ts';
import { billing } from './billing-settings.ts';
import { domainName } from './domain-name.ts';
import { logIn } from './log-in-settings.ts';
import { embeddingModel, model, positive } from './model-settings.ts';
import { provider, providerName } from './provider-settings.ts';
import { describeMistakes } from './settings-mistakes.ts';
import { crossMistakes, defaultUsagePlanName } from './settings-names.ts';
import { readSiteFolder, type SiteFolder } from './site/read-site.ts';
import { siteSection } from './site/site-settings.ts';
import { tags } from './tag-settings.ts';

/** Of Cognito's group names, those that a token's list can hold apart. */
const groupName = z
  .string()
  .regex(/^[\w.:@+=-]{1,128}$/, 'must be the name of a Cognito group: letters, digits and . : @ + = _ -');

const plan = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and hyphens, at most 63'),
    usagePlanName: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/, 'must be letters, digits and hyphens, at most 100')
      .optional(),
    ...byField(limitRows, ({ unit }) => (unit === 'dollars' ? dollars : positive).optional()),
    requestsPerDay: positive.max(1_000_000, 'must be at most 1000000'),
    /** API Gateway's token bucket: requests a second, and how many at once. */
    rate: z.number().positive('must be more than 0').default(10),
    burst: positive.optional(),
    models: z.array(z.string()).min(1, 'must name at least one model').optional(),
    selfService: z.boolean('must be true or false').default(true),
    /** Who may pick it without an admin. */
    for: z
      .strictObject({
        domains: z.array(domainName).min(1, 'must name at least one domain').optional(),
        groups: z.array(groupName).min(1, 'must name at least one group').optional(),
      })
      .refine(
        (audience) => audience.domains !== undefined || audience.groups !== undefined,
        'must name domains or groups',
      )
      .optional(),
    maxKeysPerPlan: positive.max(100, 'must be at most 100').default(1),
    price: z.string().max(100, 'must have at most 100 characters').default('Free'),
    stripePriceId: z
      .string()
      .regex(/^price_\w{1,250}$/, 'must be the id of a price in Stripe, such as price_1Q2w3E4r')
      .optional(),
  })
  .transform((value) => ({
    ...value,
    usagePlanName: value.usagePlanName ?? defaultUsagePlanName(value.requestsPerDay),
    burst: value.burst ?? Math.max(20, 2 * value.requestsPerDay),
    // Whoever pays may pick it.
    selfService: value.selfService && value.stripePriceId === undefined,
  }));

const keptDays = 'must be a whole number of days from 0 to 400';
const wholeDays = z.int(keptDays).min(0, keptDays).max(400, keptDays);

const dollarsOrOff = "must be US dollars from 0.01 to 1000000, or 'off'";

const onOrOff = z.enum(['on', 'off'], "must be 'on' or 'off'");

/** A section that is there but limits nothing is a mistake. */
const namesALimit = [
  (section: Record<string, unknown>) => Object.values(section).some((value) => value !== undefined),
  'must name at least one limit',
] as const;

const factor = z.number('must be a factor of the price').min(0, 'must not be negative').optional();
const serviceTiers = z
  .strictObject({ default: factor, flex: factor, priority: factor, reserved: factor })
  .refine((tiers) => Object.keys(tiers).length > 0, 'must name at least one tier');

const generation = 'must be whole numbers from 1 to 999, each once';
/** Of a secret or key: the first is in use, and the other is still taken while one replaces the other. */
const generations = z
  .array(z.int(generation).min(1, generation).max(999, generation))
  .min(1, 'must hold at least one')
  .max(2, 'must hold at most two')
  .refine((all) => new Set(all).size === all.length, generation)
  .default([1]);

const settings = z.strictObject({
  plans: z
    .array(plan)
    .min(1, 'must hold at least one plan')
    // Each is a resource, and CloudFormation takes 500 with all the others: test/lib/stack-size.test.ts.
    .max(49, 'must hold at most 49 plans, which is what fits into one stack'),
  providers: z.record(providerName, provider).default({}),
  models: z.array(model).min(1, 'must hold at least one model'),
  embeddingModels: z.array(embeddingModel).default([]),
  signUp: z
    .strictObject({
      confirmation: z.enum(['email', 'off'], "must be 'email' or 'off'").default('email'),
      approval: z.enum(['off', 'admin'], "must be 'off' or 'admin'").default('off'),
      allowedDomains: z.array(domainName).default([]),
    })
    .prefault({}),
  logIn: logIn.prefault({}),
  chat: z
    .strictObject({
      maxBodyBytes: positive
        .max(5_000_000, 'must be at most 5000000, to fit a Lambda event')
        .default(1_048_576),
      memoryMegabytes: z
        .int('must be a whole number')
        .min(128, 'must be at least 128')
        .max(10_240, 'must be at most 10240')
        .default(256),
      maxMessages: positive.default(1000),
      maxDepth: positive.max(100, 'must be at most 100').default(32),
      maxTools: positive.default(128),
      countTokensPerMinute: positive.default(60),
      defaultMaxOutputTokens: positive.default(4096),
      guardrail: z
        .strictObject({
          id: z.string().regex(/^[a-z0-9]+$/, 'must be a guardrail id: lower-case letters and digits'),
          version: z
            .string()
            .regex(/^(([1-9][0-9]{0,7})|(DRAFT))$/, "must be a version number in quotes, or 'DRAFT'"),
          streamMode: z.enum(['sync', 'async'], "must be 'sync' or 'async'").default('sync'),
        })
        .optional(),
      serviceTiers: serviceTiers.default({ default: 1, flex: 0.5 }),
      serviceTier: z
        .enum(
          ['default', 'flex', 'priority', 'reserved'],
          "must be one of 'default', 'flex', 'priority' and 'reserved'",
        )
        .optional(),
    })
    .prefault({}),
  oneTimeMessages: z
    .union(
      [
        z.strictObject({ perAddressPerHour: positive.max(100_000, 'must be at most 100000').default(100) }),
        z.literal('off'),
      ],
      "must be a section with fields, or 'off'",
    )
    .prefault({}),
  requests: z.strictObject({ keepDays: wholeDays.default(30) }).prefault({}),
  limits: z
    .strictObject({
      perUser: z
        .strictObject({
          ...byField(limitRows, ({ unit }) => (unit === 'dollars' ? dollars : positive).optional()),
        })
        .refine(...namesALimit)
        .optional(),
    })
    .prefault({}),
  ceiling: z
    .strictObject({
      requestsPerDay: positive.optional(),
      spendPerDay: z
        .union(
          [z.number().min(0.01, dollarsOrOff).max(1_000_000, dollarsOrOff), z.literal('off')],
          dollarsOrOff,
        )
        .default(50),
      spendPerMonth: dollars.optional(),
      /** A shard takes some 500 calls a second: what a transaction may write to one partition. */
      shards: positive.max(100, 'must be at most 100').default(8),
    })
    .prefault({}),
  accounts: z
    .strictObject({
      dormantAfterDays: positive.min(7, 'must be at least 7').max(3650, 'must be at most 3650').optional(),
      noticeDays: positive.max(90, 'must be at most 90').default(14),
    })
    .prefault({}),
  audit: z.strictObject({ keepDays: positive.max(3650, 'must be at most 3650').default(365) }).prefault({}),
  rotation: z
    .strictObject({
      edgeSecrets: generations,
      sealingKeys: generations,
    })
    .prefault({}),
  metrics: onOrOff.default('on'),
  webAcl: onOrOff.default('on'),
  directCalls: onOrOff.default('on'),
  tags: tags.default({}),
  mail: z
    .strictObject({
      from: z.email('must be an e-mail address'),
      ceilingWarningsTo: z.email('must be an e-mail address').optional(),
    })
    .optional(),
  billing: billing.optional(),
  alerts: z
    .strictObject({
      email: z.email('must be an e-mail address'),
      budgetPerMonth: z
        .number('must be US dollars')
        .min(1, 'must be at least 1')
        .max(10_000_000, 'must be at most 10000000')
        .optional(),
    })
    .optional(),
  domain: z
    .strictObject({
      name: domainName,
      certificateArn: z
        .string()
        .regex(
          /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/.+$/,
          'must be an ACM certificate in us-east-1',
        ),
    })
    .optional(),
  site: siteSection.prefault({}),
});

type SettingsFile = z.infer<typeof settings>;
export type Settings = SettingsFile & { site: SiteFolder };
export type PlanSettings = Settings['plans'][number];
export type ModelSettings = Settings['models'][number];
export type EmbeddingModelSettings = Settings['embeddingModels'][number];

/**
 * Reads the file, and the folder `site` beside it if there is one.
 * @throws Error that lists every mistake of both: path, value, and what is allowed
 */
export function readSettings(path: string): Settings {
  if (!existsSync(path))
    throw new Error(
      `There is no settings file at ${path}. Put it there, or name another in DAYPASS_SETTINGS.`,
    );
  const text = readFileSync(path, 'utf8');
  const document = parseDocument(text);
  const [syntaxError] = document.errors;
  if (syntaxError !== undefined) throw new Error(`${path} is not valid YAML: ${syntaxError.message}`);
  const value = withoutEmptySections(document.toJS());
  const result = settings.safeParse(value);
  const mistakes = [...(result.error?.issues ?? []), ...crossMistakes(value)];
  const folder = readSiteFolder(join(dirname(path), 'site'));
  if (result.success && mistakes.length + folder.mistakes.length === 0) {
    return { ...result.data, site: { ...result.data.site, ...folder.site } };
  }
  throw new Error(describeMistakes(path, mistakes, value, folder.mistakes));
}

/** `chat:` with nothing after it, as when all its lines are comments, is a section left out. */
function withoutEmptySections(file: unknown): unknown {
  if (typeof file !== 'object' || file === null || Array.isArray(file)) return file;
  const isEmpty = ([name, value]: [string, unknown]) => value === null && name in settings.shape;
  return Object.fromEntries(Object.entries(file).filter((section) => !isEmpty(section)));
}
