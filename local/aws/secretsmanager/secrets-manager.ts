import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Store } from '../../state/store.ts';
import { AwsError, type AwsRequest, type AwsService } from '../service.ts';

interface StoredSecret {
  readonly arn: string;
  readonly name: string;
  readonly value: string;
}

interface Dependencies {
  store: Pick<Store, 'collection'>;
  region: string;
  accountId: string;
}

const name = z.string().regex(/^[\w/+=.@-]{1,512}$/);
const secretString = z.string().min(1).max(65_536);
const inputs = {
  GetSecretValue: z.strictObject({ SecretId: z.string().min(1) }),
  CreateSecret: z.strictObject({
    Name: name,
    SecretString: secretString,
    Description: z.string().optional(),
    ClientRequestToken: z.string().optional(),
  }),
  PutSecretValue: z.strictObject({
    SecretId: z.string().min(1),
    SecretString: secretString,
    ClientRequestToken: z.string().optional(),
  }),
};
type Operation = keyof typeof inputs;

/** Secrets of the template, and those that an operator makes with the AWS CLI. Each has its current version only. */
export function createSecretsManager({ store, region, accountId }: Dependencies): AwsService {
  const secrets = () => store.collection<StoredSecret>('secrets');
  const find = (id: string): StoredSecret => {
    const found = secrets()
      .list()
      .find(({ value: { arn, name: known } }) => arn === id || known === id)?.value;
    if (found === undefined) {
      throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    return found;
  };
  const operations = {
    GetSecretValue({ SecretId }: z.infer<(typeof inputs)['GetSecretValue']>) {
      const { arn, name: Name, value } = find(SecretId);
      return { ARN: arn, Name, SecretString: value, VersionStages: ['AWSCURRENT'] };
    },
    CreateSecret({ Name, SecretString }: z.infer<(typeof inputs)['CreateSecret']>) {
      if (secrets().get(Name) !== undefined) {
        throw new AwsError(
          'ResourceExistsException',
          `The operation failed because the secret ${Name} already exists.`,
        );
      }
      const suffix = randomUUID().slice(0, 6);
      const arn = `arn:aws:secretsmanager:${region}:${accountId}:secret:${Name}-${suffix}`;
      secrets().put(Name, { arn, name: Name, value: SecretString });
      return { ARN: arn, Name };
    },
    PutSecretValue({ SecretId, SecretString }: z.infer<(typeof inputs)['PutSecretValue']>) {
      const secret = find(SecretId);
      secrets().put(secret.name, { ...secret, value: SecretString });
      return { ARN: secret.arn, Name: secret.name };
    },
  };
  return {
    signingName: 'secretsmanager',
    operationName,
    async handle(request) {
      const operation = operationName(request) ?? '';
      if (!Object.hasOwn(inputs, operation)) {
        throw new AwsError(
          'UnknownOperationException',
          `The local Secrets Manager has no operation '${operation}'; it has ${Object.keys(inputs).join(', ')}.`,
        );
      }
      const known = operation as Operation;
      const answer = operations[known](read(inputs[known], request.body) as never);
      return {
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: JSON.stringify(answer),
      };
    },
  };
}

function operationName({ headers }: AwsRequest): string | undefined {
  return /^secretsmanager\.(\w+)$/.exec(String(headers['x-amz-target']))?.[1];
}

/** A message of the parser's own could quote the secret. */
function read(schema: z.ZodType, body: Buffer): unknown {
  try {
    return schema.parse(JSON.parse(body.toString('utf8')));
  } catch (error) {
    const fields = error instanceof z.ZodError ? error.issues.map(({ path }) => path.join('.')) : [];
    throw new AwsError('InvalidParameterException', `Invalid or unknown fields: ${fields.join(', ')}.`);
  }
}
