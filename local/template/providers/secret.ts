import { randomInt } from 'node:crypto';
import * as z from 'zod';
import type { Store } from '../../state/store.ts';
import type { SecretStrings } from '../dynamic-references.ts';
import { environment as place } from '../pseudo-parameters.ts';
import type { ResourceProvider } from '../resource-provider.ts';
import { physicalName } from '../stable-id.ts';
import { flag, readProperties, refused } from './read-properties.ts';

export interface StoredSecret {
  readonly arn: string;
  readonly name: string;
  readonly value: string;
  /** The text that the template had last, if it has one: as in CloudFormation, it is applied when it changes. */
  readonly applied?: string | undefined;
}

const generation = z.looseObject({
  PasswordLength: z.coerce.number().int().min(1).max(4096).default(32),
  ExcludeCharacters: z.string().default(''),
  ExcludeLowercase: flag.default(false),
  ExcludeUppercase: flag.default(false),
  ExcludeNumbers: flag.default(false),
  ExcludePunctuation: flag.default(false),
  IncludeSpace: flag.default(false),
  SecretStringTemplate: z.string().optional(),
  GenerateStringKey: z.string().optional(),
});

const schema = z.looseObject({
  Name: z.string().optional(),
  SecretString: z.string().optional(),
  GenerateSecretString: generation.optional(),
  ReplicaRegions: refused('replicas are not supported'),
});

/** Keeps the value in collection `secrets`, by name. A generated one is generated once and then kept. */
export function secret(store: Pick<Store, 'collection'>): ResourceProvider {
  return {
    type: 'AWS::SecretsManager::Secret',
    create(logicalId, properties, { stackName, environment }) {
      const { Name, SecretString, GenerateSecretString } = readProperties(schema, properties);
      const name = Name ?? physicalName({ stackName, logicalId });
      const { partition, region, accountId } = environment;
      const suffix = physicalName({ stackName, logicalId }).slice(-6);
      const arn = `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}-${suffix}`;
      const secrets = store.collection<StoredSecret>('secrets');
      const known = secrets.get(name);
      const changed = SecretString === known?.applied ? undefined : SecretString;
      const value = changed ?? known?.value ?? generate(generation.parse(GenerateSecretString ?? {}));
      secrets.put(name, { arn, name, value, applied: SecretString });
      return { ref: arn, attributes: { Id: arn } };
    },
  };
}

/**
 * Secrets that a template refers to and doesn't make: an operator has them before the first deploy.
 * @param text a JSON object of their values by name, or undefined
 * @throws Error that repeats no value
 */
export function keepSecrets(store: Pick<Store, 'collection'>, text: string | undefined): void {
  if (text === undefined || text === '') return;
  const { partition, region, accountId } = place;
  const secrets = store.collection<StoredSecret>('secrets');
  for (const [name, value] of Object.entries(readSecrets(text))) {
    const arn = `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}-env000`;
    secrets.put(name, { arn, name, value });
  }
}

function readSecrets(text: string): Record<string, string> {
  try {
    return z.record(z.string(), z.string().min(1)).parse(JSON.parse(text));
  } catch {
    throw new Error('DAYPASS_SECRETS must be a JSON object of texts: {"name": "value"}.');
  }
}

/** Values as dynamic references find them: by name or ARN. */
export function secretStrings(store: Pick<Store, 'collection'>): SecretStrings {
  const secrets = store.collection<StoredSecret>('secrets');
  return (id) => secrets.list().find(({ value: { arn, name } }) => arn === id || name === id)?.value.value;
}

const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

function generate(options: z.infer<typeof generation>): string {
  const lower = 'abcdefghijklmnopqrstuvwxyz';
  const alphabet = [
    options.ExcludeLowercase ? '' : lower,
    options.ExcludeUppercase ? '' : lower.toUpperCase(),
    options.ExcludeNumbers ? '' : '0123456789',
    options.ExcludePunctuation ? '' : punctuation,
    options.IncludeSpace ? ' ' : '',
  ]
    .join('')
    .split('')
    .filter((character) => !options.ExcludeCharacters.includes(character));
  if (alphabet.length === 0) throw new Error('GenerateSecretString leaves no character to choose from.');
  const password = Array.from(
    { length: options.PasswordLength },
    () => alphabet[randomInt(alphabet.length)],
  ).join('');
  const { SecretStringTemplate, GenerateStringKey } = options;
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return password;
  return JSON.stringify({ ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: password });
}
