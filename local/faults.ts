import { z } from 'zod';

const count = z.int().nonnegative();

/** Exceptions Bedrock can send inside a stream that has already begun. */
export const streamExceptions = [
  'internalServerException',
  'modelStreamErrorException',
  'validationException',
  'throttlingException',
  'serviceUnavailableException',
] as const;

export type StreamException = (typeof streamExceptions)[number];

const streamKinds = ['cut', 'mid-stream-error', 'corrupt-frame'] as const;

export const isStreamException = (name: string): name is StreamException =>
  (streamExceptions as readonly string[]).includes(name);

const isStreamKind = (kind: string): boolean => (streamKinds as readonly string[]).includes(kind);

/** The services whose answers are streams. */
const streaming: ReadonlySet<string> = new Set(['bedrock', 'openai', 'anthropic', '*']);
const framing: ReadonlySet<string> = new Set(['bedrock', '*']);
const striking = (kind: string) => (kind === 'corrupt-frame' ? framing : streaming);

/** Fields that don't go together are reported at once with all other mistakes. */
const isObject = ({ value }: { value: unknown }): boolean => typeof value === 'object' && value !== null;

const faultRule = z
  .strictObject({
    service: z.enum([
      'bedrock',
      'apigateway',
      'dynamodb',
      'cognito-idp',
      'kms',
      'lambda',
      'monitoring',
      'secretsmanager',
      'ses',
      'openai',
      'anthropic',
      'stripe',
      '*',
    ]),
    operation: z.string().min(1).optional(),
    kind: z.enum(['error', 'throttle', 'delay', 'drop-reply', ...streamKinds]),
    error: z
      .string()
      .regex(/^[A-Za-z0-9.]+$/, 'an exception name')
      .optional(),
    status: z.int().min(400).max(599).optional(),
    message: z.string().optional(),
    delayMs: count.max(900_000).optional(),
    afterEvents: count.optional(),
    skip: count.optional(),
    times: count.min(1).optional(),
    probability: z.number().min(0).max(1).optional(),
  })
  .refine(({ kind, delayMs }) => kind !== 'delay' || delayMs !== undefined, {
    path: ['delayMs'],
    error: "needed by kind 'delay'",
    when: isObject,
  })
  .refine(({ kind, service }) => !isStreamKind(kind) || striking(kind).has(service), {
    path: ['service'],
    error: 'only bedrock has frames, and only bedrock, openai and anthropic have streams',
    when: isObject,
  })
  .refine(({ kind, afterEvents }) => isStreamKind(kind) || afterEvents === undefined, {
    path: ['afterEvents'],
    error: `only for ${streamKinds.join(', ')}`,
    when: isObject,
  })
  .refine(({ kind, service }) => service !== 'lambda' || kind === 'error' || kind === 'throttle', {
    path: ['kind'],
    error: 'a function can crash (error) or have no room (throttle)',
    when: isObject,
  })
  .refine(
    ({ kind, error, service }) =>
      kind !== 'mid-stream-error' ||
      error === undefined ||
      !['bedrock', '*'].includes(service) ||
      isStreamException(error),
    {
      path: ['error'],
      error: `a stream can carry ${streamExceptions.join(', ')}`,
      when: isObject,
    },
  );

/**
 * One fault switch. `error` and `throttle` answer before the operation is applied; `delay` waits first;
 * `drop-reply` applies the operation and then breaks the connection. `cut`, `mid-stream-error` and
 * `corrupt-frame` strike a model's stream after `afterEvents` events (at its end when it has fewer; default 1).
 * The first `skip` matching calls pass; it fires at most `times` times.
 */
export type FaultRule = z.infer<typeof faultRule>;
export type FaultKind = FaultRule['kind'];

export interface Faults {
  list(): readonly FaultRule[];
  /** @throws an Error with one line for every bad field, by path; the old rules then stay */
  replace(rules: unknown): void;
  /** The rules of these kinds that strike this call. Asking counts the call, so ask once per call and kind. */
  striking(
    call: { service: string; operation: string | undefined },
    kinds: readonly FaultKind[],
  ): FaultRule[];
}

export function createFaults(random: () => number = Math.random): Faults {
  let switches: { rule: FaultRule; seen: number; fired: number }[] = [];

  return {
    list: () => switches.map(({ rule }) => rule),
    replace(rules) {
      switches = parseRules(rules).map((rule) => ({ rule, seen: 0, fired: 0 }));
    },
    striking(call, kinds) {
      const matching = switches.filter(({ rule }) => kinds.includes(rule.kind) && concerns(rule, call));
      const struck = matching.filter((fault) => {
        fault.seen += 1;
        const { skip = 0, times = Number.POSITIVE_INFINITY, probability = 1 } = fault.rule;
        if (fault.seen <= skip || fault.fired >= times || random() >= probability) return false;
        fault.fired += 1;
        return true;
      });
      return struck.map(({ rule }) => rule);
    },
  };
}

const concerns = (rule: FaultRule, call: { service: string; operation: string | undefined }): boolean =>
  // Functions are no service that functions call.
  (rule.service === call.service || (rule.service === '*' && call.service !== 'lambda')) &&
  (rule.operation === undefined || rule.operation === call.operation);

function parseRules(rules: unknown): FaultRule[] {
  const parsed = z.array(faultRule).safeParse(rules);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `${pathOf(issue.path)}: ${issue.message}`);
  throw new Error(`Bad fault rules:\n${lines.join('\n')}`);
}

const pathOf = (path: PropertyKey[]): string =>
  path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('') || 'rules';
