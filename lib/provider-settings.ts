import * as z from 'zod';
import type { Upstream } from '../core/catalog.ts';
import { mistake } from './mistake.ts';

/** Providers that need no more than a key. */
const known: Readonly<Record<string, Pick<Upstream, 'kind' | 'baseUrl'>>> = {
  openai: { kind: 'openai', baseUrl: 'https://api.openai.com/v1' },
  anthropic: { kind: 'anthropic', baseUrl: 'https://api.anthropic.com/v1' },
};

const baseUrl = z.string().superRefine((text, context) => {
  const fault = baseUrlFault(text);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault, input: text });
});

/** A secret in Secrets Manager. */
export const secretReference = z.strictObject({
  secret: z
    .string()
    .regex(
      /^(arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:)?[\w/+=.@-]{1,512}$/,
      'must be the name or ARN of a secret in Secrets Manager',
    ),
});

/** One provider besides Bedrock. Its name is what models refer to. */
export const provider = z.strictObject({
  kind: z.enum(['openai', 'anthropic'], "must be 'openai' or 'anthropic': whose API it speaks").optional(),
  baseUrl: baseUrl.optional(),
  apiKey: z
    .union(
      [secretReference, z.literal('none')],
      "must be { secret: NAME }, a secret in Secrets Manager, or 'none' for a server that asks for no key",
    )
    .optional(),
  ownKeys: z.boolean('must be true or false').optional(),
  privateNetwork: z.boolean('must be true or false').default(false),
  responses: z.boolean('must be true or false').optional(),
  limitField: z
    .enum(['max_completion_tokens', 'max_tokens'], "must be 'max_completion_tokens' or 'max_tokens'")
    .optional(),
});
export type ProviderSettings = z.infer<typeof provider>;

export const providerName = z
  .string()
  .regex(
    /^(?!bedrock(-openai)?$)[a-z0-9][a-z0-9-]{0,30}$/,
    'must be lower-case letters, digits and hyphens, not bedrock or bedrock-openai',
  );

export function toUpstream(name: string, settings: ProviderSettings): Upstream {
  const { apiKey, privateNetwork } = settings;
  const isOpenAi = settings.baseUrl === undefined && name === 'openai';
  const url = settings.baseUrl ?? known[name]?.baseUrl ?? '';
  const kind = settings.kind ?? known[name]?.kind ?? 'openai';
  return {
    kind,
    baseUrl: url.replace(/\/$/, ''),
    privateNetwork,
    secret: typeof apiKey === 'object' ? apiKey.secret : undefined,
    takesOwnKeys: settings.ownKeys ?? apiKey !== 'none',
    relays: relaysOf(kind, settings.responses ?? isOpenAi),
    limitField: settings.limitField ?? (isOpenAi ? 'max_completion_tokens' : 'max_tokens'),
  };
}

function relaysOf(kind: Upstream['kind'], speaksResponses: boolean): Upstream['relays'] {
  if (kind === 'anthropic') return ['messages'];
  return speaksResponses ? ['chat-completions', 'responses'] : ['chat-completions'];
}

/** Rules about several fields of one provider. */
export function providerMistakes(providers: Record<string, Record<string, unknown>>): z.core.$ZodIssue[] {
  return Object.entries(providers).flatMap(([name, settings]): z.core.$ZodIssue[] => {
    const path = ['providers', name, 'baseUrl'];
    const { baseUrl: url, privateNetwork, apiKey, ownKeys } = settings;
    if (apiKey === undefined && ownKeys === false) {
      const text = "must name a secret, or be 'none', unless callers bring keys of their own";
      return [mistake(['providers', name, 'apiKey'], apiKey, text)];
    }
    if (apiKey === 'none' && ownKeys === true) {
      const text = 'must be left out for a server that asks for no key';
      return [mistake(['providers', name, 'ownKeys'], ownKeys, text)];
    }
    if (url === undefined && known[name] === undefined) {
      return [mistake(path, url, 'must be the URL of its API, such as https://llm.example.com/v1')];
    }
    if (typeof url !== 'string' || baseUrlFault(url) !== undefined || privateNetwork === true) return [];
    if (url.startsWith('https:')) return [];
    return [mistake(path, url, 'must begin with https:// unless privateNetwork is true')];
  });
}

function baseUrlFault(text: string): string | undefined {
  if (!URL.canParse(text)) return 'must be a URL such as https://llm.example.com/v1';
  const { protocol, username, password, search, hash } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'must begin with https://';
  if (username !== '' || password !== '') return 'must hold no user name or password';
  return search === '' && hash === '' ? undefined : 'must end with its path, without ? or #';
}
