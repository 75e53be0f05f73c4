import * as z from 'zod';
import { byField, type LimitRow, limitRows, requestRows, type Unit } from '../metering/windows.ts';
import { providerKey } from './provider-keys.ts';
import type { HeaderContract } from './route-contract.ts';

/** A key's secret as a regular expression, without its checksum. */
export const keyForm = 'dpk[0-9A-Za-z]{38}';

const limit = z.int('must be a whole number').min(1, 'must be at least 1');

const dollarBounds = 'must be US dollars from 0.01 to 1000000';
/** An amount of money as a limit. */
export const dollars = z.number(dollarBounds).min(0.01, dollarBounds).max(1_000_000, dollarBounds);

const counted: Record<Unit, string> = {
  requests: 'Requests',
  tokens: 'Input and output tokens',
  dollars: 'US dollars, by the prices of this deployment,',
};

/** What a limit counts, and in which window. */
export const limitDescription = ({ unit, per }: Pick<LimitRow, 'unit' | 'per'>) =>
  `${counted[unit]} allowed ${per} (UTC)`;

/** A limit of each window, as a body gives it. */
export const windowLimits = byField(limitRows, (row) =>
  (row.unit === 'dollars' ? dollars : limit).optional().describe(limitDescription(row)),
);

/** Characters of a key's name. */
export const longestName = 100;

const name = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(longestName, `must have at most ${longestName} characters`)
  // Names go into logs, files and terminals: nothing that breaks a line, moves a cursor or hides text.
  .regex(
    /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u,
    'must not hold line breaks, control or invisible characters',
  )
  .describe('A name for people to read; need not be unique')
  // No generator of test data makes a text by a pattern of Unicode classes.
  .meta({ examples: ['My first key'] });
const plan = z
  .string()
  .min(1, 'must not be empty')
  .max(100)
  .describe('The name of a plan, from `GET /v1/plans`');

const hostName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

const allowedHosts = z
  .array(
    z
      .string()
      .max(253)
      .regex(hostName, {
        error: 'must be a host name in lower case, without scheme or port, other letters in punycode (xn--…)',
        abort: true,
      })
      // A page's Origin has nothing else, so anything else would never match.
      .refine(isHostOfPages, 'must be a host name as browsers write it'),
  )
  .min(1, 'must name at least one host')
  .max(50)
  .optional()
  .describe(
    'Hosts whose web pages may use the key, checked against the `Origin` header. Only browsers are bound by it: other programs can send any `Origin`. Without it, pages of any host may',
  );

const settings = {
  expiresIn: z
    .string()
    .max(40)
    .describe(
      'When the key expires, at most ten years from now: a span such as `90m`, `12h`, `30d` or `2w`, an ISO 8601 duration such as `PT12H`, `P30D` or `P1M`, a date (00:00 UTC of that day), or a time with its zone. Without it, the key does not expire',
    ),
  models: z
    .array(z.string().min(1).max(200))
    .min(1, 'must name at least one model')
    .max(100)
    .describe('The models that the key may call, from `GET /v1/models`; without it, every model of the plan'),
  limits: z
    .strictObject({
      ...windowLimits,
      perClient: z
        .strictObject(byField(requestRows, (row) => limit.optional().describe(limitDescription(row))))
        .optional()
        .describe('Limits for each caller’s IP address; without it, none'),
    })
    .describe('The key’s own limits, none above its plan’s; if one is left out, the plan’s applies'),
};

/** Provider keys by the provider's name. */
const byProvider = <Key extends z.ZodType>(key: Key) =>
  z
    .record(z.string().min(1).max(31), key)
    .refine((keys) => Object.keys(keys).length <= 10, 'must hold at most 10 keys')
    .optional();

const requiresProviderKey = z
  .boolean()
  .optional()
  .describe(
    'Whether its calls are refused unless they use a provider key of their own, the key’s or the account’s; default false',
  );

export const createKeyBody = z.strictObject({
  name,
  plan,
  expiresIn: settings.expiresIn.optional(),
  models: settings.models.optional(),
  limits: settings.limits.optional(),
  allowedHosts,
  requiresProviderKey,
  providerKeys: byProvider(providerKey).describe(
    'Your own keys for providers, by the provider’s name, which this key’s calls use. They are kept sealed and never shown again',
  ),
});
export type CreateKeyBody = z.infer<typeof createKeyBody>;

/** What is left out stays as it is. */
export const updateKeyBody = z
  .strictObject({
    name: name.optional(),
    plan: plan.optional(),
    expiresIn: settings.expiresIn.nullish().describe('As for a new key; null: it no longer expires'),
    models: settings.models
      .nullish()
      .describe('The models that the key may call; null: every model of the plan'),
    limits: settings.limits
      .nullish()
      .describe(
        'The key’s own limits in place of those it has, none above its plan’s; null: the plan’s alone',
      ),
    allowedHosts: allowedHosts
      .unwrap()
      .nullish()
      .describe('Hosts whose web pages may use the key; null: pages of any host'),
    requiresProviderKey,
    providerKeys: byProvider(providerKey.nullable()).describe(
      'Your own keys for providers, by the provider’s name, in place of those kept for this key; null: none is kept',
    ),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), {
    error: 'must change at least one field',
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ minProperties: 1 });
export type UpdateKeyBody = z.infer<typeof updateKeyBody>;

/** A week: long enough to roll a value out everywhere, short enough to be an end. */
export const longestGraceSeconds = 604_800;

export const rotateKeyBody = z.strictObject({
  graceSeconds: z
    .int('must be a whole number')
    .min(0, 'must not be negative')
    .max(longestGraceSeconds, `must be at most ${longestGraceSeconds}`)
    .default(3600)
    .describe('Seconds for which the old secret keeps working beside the new one'),
});

/** `null` is what pages without a host send; browsers write some numbers out as an address. */
function isHostOfPages(host: string): boolean {
  const origin = `http://${host}`;
  return host !== 'null' && URL.canParse(origin) && new URL(origin).hostname === host;
}

export const idempotencyKey = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[!-~]*$/);

/** Of the calls that can be repeated safely. */
export const idempotencyHeaders = {
  'Idempotency-Key': {
    description:
      'Makes the call safe to retry. Choose a new one for each operation: 1 to 255 visible ASCII characters. Within 24 hours, the same call with the same `Idempotency-Key` changes nothing and returns the same secret again, with the key as it is then; once that secret has stopped working, it is refused with 409 `key_ended`',
    required: false,
    schema: idempotencyKey,
  },
} as const satisfies Record<string, HeaderContract>;
