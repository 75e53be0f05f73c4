import { z } from 'zod';

const unit = z.enum(['seconds', 'minutes', 'hours', 'days']);

/** The properties of AWS::Cognito::UserPoolClient that change what the stand-in does. */
const clientProperties = z.looseObject({
  UserPoolId: z.string(),
  ClientName: z.string().optional(),
  GenerateSecret: z.boolean().optional(),
  ExplicitAuthFlows: z.array(z.string()).optional(),
  PreventUserExistenceErrors: z.enum(['ENABLED', 'LEGACY']).optional(),
  ReadAttributes: z.array(z.string()).optional(),
  WriteAttributes: z.array(z.string()).optional(),
  AccessTokenValidity: z.number().optional(),
  IdTokenValidity: z.number().optional(),
  RefreshTokenValidity: z.number().optional(),
  TokenValidityUnits: z
    .looseObject({
      AccessToken: unit.optional(),
      IdToken: unit.optional(),
      RefreshToken: unit.optional(),
    })
    .optional(),
  AuthSessionValidity: z.number().optional(),
  EnableTokenRevocation: z.boolean().optional(),
  RefreshTokenRotation: z
    .looseObject({
      Feature: z.enum(['ENABLED', 'DISABLED']),
      RetryGracePeriodSeconds: z.number().optional(),
    })
    .optional(),
  SupportedIdentityProviders: z.array(z.string()).optional(),
  AllowedOAuthFlows: z.array(z.string()).optional(),
  AllowedOAuthFlowsUserPoolClient: z.boolean().optional(),
  AllowedOAuthScopes: z.array(z.string()).optional(),
  CallbackURLs: z.array(z.string()).optional(),
  LogoutURLs: z.array(z.string()).optional(),
});

export type UserPoolClientProperties = z.infer<typeof clientProperties>;

/**
 * Checks a template's app client.
 * @throws naming every property that has the wrong type, or that would behave differently here than on AWS
 */
export function parseClientProperties(id: string, properties: unknown): UserPoolClientProperties {
  const parsed = clientProperties.safeParse(properties);
  if (!parsed.success) throw new Error(`User pool client ${id}: ${z.prettifyError(parsed.error)}`);
  const refused = unsupported(parsed.data);
  if (refused.length > 0) {
    throw new Error(
      `User pool client ${id}: the local Cognito stand-in does not support ${refused.join(', ')}`,
    );
  }
  return parsed.data;
}

function unsupported(client: UserPoolClientProperties): string[] {
  const oauthFlows = client.AllowedOAuthFlowsUserPoolClient ? (client.AllowedOAuthFlows ?? []) : [];
  return oauthFlows.filter((flow) => flow !== 'code').map((flow) => `AllowedOAuthFlows "${flow}"`);
}

/** AWS refuses a client that names a provider before the pool has it. */
export function requireKnownProviders(
  id: string,
  { SupportedIdentityProviders = [] }: UserPoolClientProperties,
  poolHas: (provider: string) => boolean,
): void {
  const unknown = SupportedIdentityProviders.find((name) => name !== 'COGNITO' && !poolHas(name));
  if (unknown === undefined) return;
  throw new Error(
    `User pool client ${id}: SupportedIdentityProviders "${unknown}" does not exist in the pool`,
  );
}

export interface TokenLifetimes {
  accessSeconds: number;
  idSeconds: number;
  refreshSeconds: number;
}

const secondsPer = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

/** @returns with Cognito's defaults: one hour, one hour, thirty days */
export function tokenLifetimes(client: UserPoolClientProperties): TokenLifetimes {
  const units = client.TokenValidityUnits;
  return {
    accessSeconds: (client.AccessTokenValidity || 1) * secondsPer[defaulted('AccessToken', 'hours')],
    idSeconds: (client.IdTokenValidity || 1) * secondsPer[defaulted('IdToken', 'hours')],
    refreshSeconds: client.RefreshTokenValidity
      ? client.RefreshTokenValidity * secondsPer[units?.RefreshToken ?? 'days']
      : 30 * secondsPer.days,
  };

  // A unit without a number means the default of one hour.
  function defaulted(token: 'AccessToken' | 'IdToken', fallback: 'hours') {
    const given = token === 'AccessToken' ? client.AccessTokenValidity : client.IdTokenValidity;
    return given ? (units?.[token] ?? fallback) : fallback;
  }
}
