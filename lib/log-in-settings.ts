import * as z from 'zod';
import { domainName } from './domain-name.ts';

/** Names that the paths below `/v1/login` have already. */
const takenNames = ['callback', 'challenge', 'refresh'];

const common = {
  /** In paths, and Cognito's name for it: the prefix of its users' names, so it may hold no underscore. */
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{2,31}$/, 'must be 3 to 32 lower-case letters, digits and hyphens')
    .refine((name) => !takenNames.includes(name), `must not be ${takenNames.join(', ')}: those are paths`),
  label: z.string().trim().min(1, 'must not be empty').max(40, 'must have at most 40 characters').optional(),
  domains: z.array(domainName).default([]),
};

const httpsUrl = (text: string) => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return protocol === 'https:' && username === '' && password === '' && search === '' && hash === '';
};

const oidc = z.strictObject({
  ...common,
  type: z.literal('oidc'),
  issuer: z
    .string()
    .refine(
      (text) => httpsUrl(text) && !text.endsWith('/'),
      'must be the https:// URL that the provider calls its issuer, without / at its end',
    ),
  clientId: z.string().min(1, 'must not be empty'),
  clientSecret: z.strictObject({
    secret: z
      .string()
      .regex(
        /^(arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:)?[\w/+=.@-]{1,512}$/,
        'must be the name or ARN of a secret in Secrets Manager',
      ),
  }),
  scopes: z
    .array(z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/, 'must be a scope'))
    .refine((scopes) => scopes.includes('openid'), "must include 'openid'")
    .default(['openid', 'email']),
});

const saml = z.strictObject({
  ...common,
  type: z.literal('saml'),
  metadataUrl: z.string().refine(httpsUrl, 'must be an https:// URL').optional(),
  metadataFile: z.string().min(1, 'must be the path of a file').optional(),
  emailAttribute: z
    .string()
    .min(1, 'must not be empty')
    .default('http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress'),
});

export const logIn = z.strictObject({
  passwords: z.enum(['on', 'off'], "must be 'on' or 'off'").default('on'),
  authenticator: z.enum(['on', 'off'], "must be 'on' or 'off'").default('off'),
  passkeys: z
    .union([z.enum(['on', 'off']), z.strictObject({ domain: domainName })], {
      error: "must be 'on', 'off' or a domain, as in { domain: example.com }",
    })
    .default('off'),
  providers: z
    .array(z.discriminatedUnion('type', [oidc, saml], "must be of type 'oidc' or 'saml'"))
    // Each is a resource, and a team has one or two.
    .max(5, 'must hold at most 5 providers, which is what fits into one stack')
    .default([]),
});

/** Passkeys are bound to it: its users lose them all when it changes. */
export function passkeyDomain(settings: {
  logIn: LogInSettings;
  domain?: { name: string } | undefined;
}): string | undefined {
  const { passkeys } = settings.logIn;
  if (passkeys === 'off') return undefined;
  return passkeys === 'on' ? settings.domain?.name : passkeys.domain;
}

export type LogInSettings = z.infer<typeof logIn>;
export type ProviderOfUsers = LogInSettings['providers'][number];

/** Each takes up to 29 of the 500 resources that CloudFormation takes: test/lib/stack-size.test.ts. */
const mostPlansBeside = { one: 15, both: 5 };

type Entry = Record<string, unknown>;

/** Rules about several fields, on the raw file. */
export function logInMistakes(file: unknown): z.core.$ZodIssue[] {
  const section = sectionOf(file, 'logIn');
  const providers = entries(section.providers);
  const allowed = sectionOf(file, 'signUp').allowedDomains;
  const seen = new Map<unknown, unknown>();
  const mistakes: z.core.$ZodIssue[] = [];
  const { plans } = (file ?? {}) as Entry;
  const turnedOn = [
    ...(providers.length > 0 ? ['providers'] : []),
    ...(section.authenticator === 'on' ? ['authenticator'] : []),
    ...(isOn(section.passkeys) ? ['passkeys'] : []),
  ];
  const mostPlans = mostPlansBeside[turnedOn.length > 1 ? 'both' : 'one'];
  if (Array.isArray(plans) && plans.length > mostPlans) {
    const text = `must be left out with more than ${mostPlans} plans: both don't fit into one stack`;
    for (const name of turnedOn) mistakes.push(mistake([name], section[name], text));
  }
  if (section.passwords === 'off' && providers.length === 0) {
    mistakes.push(mistake(['passwords'], 'off', 'must be on as long as there are no providers'));
  }
  mistakes.push(...passkeyMistakes(section, sectionOf(file, 'domain').name));
  providers.forEach((provider, at) => {
    if (providers.findIndex(({ name }) => name === provider.name) < at) {
      mistakes.push(mistake(['providers', at, 'name'], provider.name, 'must not occur twice'));
    }
    if (
      provider.type === 'saml' &&
      (provider.metadataUrl === undefined) === (provider.metadataFile === undefined)
    ) {
      const text = 'must name either metadataUrl or metadataFile';
      mistakes.push(mistake(['providers', at, 'metadataUrl'], provider.metadataUrl ?? 'missing', text));
    }
    for (const [index, domain] of (Array.isArray(provider.domains) ? provider.domains : []).entries()) {
      const path = ['providers', at, 'domains', index];
      if (seen.has(domain)) mistakes.push(mistake(path, domain, 'must belong to one provider only'));
      seen.set(domain, at);
      if (Array.isArray(allowed) && allowed.length > 0 && !allowed.includes(domain)) {
        mistakes.push(mistake(path, domain, 'must be in signUp.allowedDomains too, which names some'));
      }
    }
  });
  return mistakes;
}

const isOn = (passkeys: unknown) => passkeys === 'on' || (typeof passkeys === 'object' && passkeys !== null);

/** A browser takes passkeys of a page's own domain, and of those that it is under. */
function passkeyMistakes({ passkeys, passwords }: Entry, console: unknown): z.core.$ZodIssue[] {
  if (!isOn(passkeys)) return [];
  const { domain } = (passkeys === 'on' ? {} : passkeys) as Entry;
  const complain = (text: string) => [mistake(['passkeys'], passkeys, text)];
  if (passwords === 'off') {
    return complain('must be off as long as passwords are: a passkey is added with the password');
  }
  if (console === undefined && domain === undefined) {
    return complain('must name the console’s domain, as in { domain: example.com }: there is no domain.name');
  }
  if (console === undefined || domain === undefined || `.${console}`.endsWith(`.${domain}`)) return [];
  return [mistake(['passkeys', 'domain'], domain, `must be ${console}, or a domain above it`)];
}

function sectionOf(file: unknown, name: string): Entry {
  const section = (file as Entry | null)?.[name];
  return typeof section === 'object' && section !== null ? (section as Entry) : {};
}

function entries(list: unknown): Entry[] {
  return Array.isArray(list)
    ? list.map((entry) => (typeof entry === 'object' && entry !== null ? entry : {}))
    : [];
}

function mistake(path: PropertyKey[], input: unknown, message: string): z.core.$ZodIssue {
  return { code: 'custom', path: ['logIn', ...path], input, message };
}
