import { z } from 'zod';

const messageTemplate = z.looseObject({
  EmailMessage: z.string().optional(),
  EmailSubject: z.string().optional(),
});

const schemaAttribute = z.looseObject({
  Name: z.string(),
  AttributeDataType: z.string().optional(),
  Mutable: z.boolean().optional(),
  Required: z.boolean().optional(),
  StringAttributeConstraints: z
    .looseObject({ MinLength: z.coerce.number().optional(), MaxLength: z.coerce.number().optional() })
    .optional(),
});

/** The properties of AWS::Cognito::UserPool that change what the stand-in does; others pass through unread. */
const userPoolProperties = z.looseObject({
  UserPoolName: z.string().optional(),
  UsernameAttributes: z.array(z.string()).optional(),
  UsernameConfiguration: z.looseObject({ CaseSensitive: z.boolean().optional() }).optional(),
  AutoVerifiedAttributes: z.array(z.string()).optional(),
  AdminCreateUserConfig: z
    .looseObject({
      AllowAdminCreateUserOnly: z.boolean().optional(),
      InviteMessageTemplate: messageTemplate.optional(),
    })
    .optional(),
  AccountRecoverySetting: z
    .looseObject({ RecoveryMechanisms: z.array(z.looseObject({ Name: z.string() })).optional() })
    .optional(),
  Policies: z
    .looseObject({
      PasswordPolicy: z
        .looseObject({
          MinimumLength: z.number().optional(),
          RequireUppercase: z.boolean().optional(),
          RequireLowercase: z.boolean().optional(),
          RequireNumbers: z.boolean().optional(),
          RequireSymbols: z.boolean().optional(),
          PasswordHistorySize: z.number().optional(),
          TemporaryPasswordValidityDays: z.number().optional(),
        })
        .optional(),
      SignInPolicy: z.looseObject({ AllowedFirstAuthFactors: z.array(z.string()).optional() }).optional(),
    })
    .optional(),
  Schema: z.array(schemaAttribute).optional(),
  EmailVerificationMessage: z.string().optional(),
  EmailVerificationSubject: z.string().optional(),
  VerificationMessageTemplate: messageTemplate
    .extend({ DefaultEmailOption: z.string().optional() })
    .optional(),
  UserAttributeUpdateSettings: z
    .looseObject({ AttributesRequireVerificationBeforeUpdate: z.array(z.string()).optional() })
    .optional(),
  MfaConfiguration: z.string().optional(),
  UserPoolTier: z.enum(['LITE', 'ESSENTIALS', 'PLUS']).optional(),
  WebAuthnRelyingPartyID: z.string().min(1).max(127).optional(),
  WebAuthnUserVerification: z.enum(['required', 'preferred']).optional(),
  WebAuthnFactorConfiguration: z.string().optional(),
  LambdaConfig: z.looseObject({ PreSignUp: z.string().optional() }).optional(),
  AliasAttributes: z.array(z.string()).optional(),
  DeviceConfiguration: z.unknown().optional(),
  UserPoolTags: z.record(z.string(), z.string()).optional(),
});

export type UserPoolProperties = z.infer<typeof userPoolProperties>;

/**
 * Checks a template's user pool.
 * @throws naming every property that has the wrong type, or that would behave differently here than on AWS
 */
export function parseUserPoolProperties(id: string, properties: unknown): UserPoolProperties {
  const parsed = userPoolProperties.safeParse(properties);
  if (!parsed.success) throw new Error(`User pool ${id}: ${z.prettifyError(parsed.error)}`);
  const unverified = keptOriginals(parsed.data).filter(
    (name) => !parsed.data.AutoVerifiedAttributes?.includes(name),
  );
  if (unverified.length > 0) {
    // AWS refuses them: they need a code, which only auto-verified attributes get.
    throw new Error(
      `User pool ${id}: AttributesRequireVerificationBeforeUpdate has ${unverified.join(', ')}, which AutoVerifiedAttributes lacks`,
    );
  }
  const factors = parsed.data.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  if (factors.includes('WEB_AUTHN') && (factors.length === 1 || parsed.data.UserPoolTier === 'LITE')) {
    // AWS refuses both.
    throw new Error(`User pool ${id}: WEB_AUTHN needs another factor beside it, and the Essentials plan`);
  }
  const refused = unsupported(parsed.data);
  if (refused.length > 0) {
    throw new Error(`User pool ${id}: the local Cognito stand-in does not support ${refused.join(', ')}`);
  }
  return parsed.data;
}

/** Attributes that keep their value until a new one is verified. */
function keptOriginals({ UserAttributeUpdateSettings: settings }: UserPoolProperties): string[] {
  return settings?.AttributesRequireVerificationBeforeUpdate ?? [];
}

function unsupported(pool: UserPoolProperties): string[] {
  const others = (values: string[] | undefined, supported: string) =>
    (values ?? []).filter((value) => value !== supported);
  const recovery = (pool.AccountRecoverySetting?.RecoveryMechanisms ?? []).map(({ Name }) => Name);
  return [
    ...Object.keys(pool.LambdaConfig ?? {})
      .filter((trigger) => trigger !== 'PreSignUp')
      .map((trigger) => `LambdaConfig.${trigger}`),
    ...others(pool.UsernameAttributes, 'email').map((name) => `UsernameAttributes "${name}"`),
    ...others(pool.AutoVerifiedAttributes, 'email').map((name) => `AutoVerifiedAttributes "${name}"`),
    ...(pool.AliasAttributes ?? []).map((name) => `AliasAttributes "${name}"`),
    ...(pool.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [])
      .filter((factor) => factor !== 'PASSWORD' && factor !== 'WEB_AUTHN')
      .map((factor) => `Policies.SignInPolicy.AllowedFirstAuthFactors "${factor}"`),
    ...((pool.WebAuthnFactorConfiguration ?? 'SINGLE_FACTOR') === 'SINGLE_FACTOR'
      ? []
      : ['WebAuthnFactorConfiguration']),
    ...((pool.Policies?.PasswordPolicy?.PasswordHistorySize ?? 0) > 0
      ? ['Policies.PasswordPolicy.PasswordHistorySize']
      : []),
    ...(pool.MfaConfiguration === 'ON' ? ['MfaConfiguration "ON"'] : []),
    ...(pool.DeviceConfiguration === undefined ? [] : ['DeviceConfiguration']),
    ...(pool.VerificationMessageTemplate?.DefaultEmailOption === 'CONFIRM_WITH_LINK'
      ? ['VerificationMessageTemplate.DefaultEmailOption "CONFIRM_WITH_LINK"']
      : []),
    ...(recovery.includes('verified_phone_number') && !recovery.includes('verified_email')
      ? ['AccountRecoverySetting "verified_phone_number"']
      : []),
  ];
}
