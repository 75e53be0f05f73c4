import { DescribeSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Settings } from '../../lib/settings.ts';
import { asked, fix, ok, type Seen } from './check.ts';

/** The secrets that the settings name. */
export async function checkSecrets(secrets: SecretsManagerClient, settings: Settings): Promise<Seen[]> {
  const named = new Map<string, string>();
  for (const [name, { apiKey }] of Object.entries(settings.providers))
    if (typeof apiKey === 'object') named.set(apiKey.secret, `key of provider ${name}`);
  if (settings.billing !== undefined) {
    const { apiKey, webhookSecret } = settings.billing.stripe;
    named.set(apiKey.secret, 'key of Stripe').set(webhookSecret.secret, 'webhook secret of Stripe');
  }
  for (const provider of settings.logIn.providers)
    if ('clientSecret' in provider && typeof provider.clientSecret === 'object')
      named.set(provider.clientSecret.secret, `client secret of ${provider.name}`);
  const seen: Seen[] = [];
  for (const [SecretId, what] of named) {
    seen.push(
      ...(await asked(what, 'secretsmanager:DescribeSecret', async () => {
        try {
          await secrets.send(new DescribeSecretCommand({ SecretId }));
          return [ok(what, `${SecretId} is there`)];
        } catch (error) {
          if ((error as Error).name !== 'ResourceNotFoundException') throw error;
          return [
            fix(
              what,
              `there is no secret ${SecretId} in this Region`,
              `aws secretsmanager create-secret --name ${SecretId} --secret-string …`,
            ),
          ];
        }
      })),
    );
  }
  return seen;
}
