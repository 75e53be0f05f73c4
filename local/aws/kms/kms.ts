import type { Clock } from '../../clock.ts';
import type { Store } from '../../state/store.ts';
import { AwsError, type AwsRequest, type AwsService } from '../service.ts';
import { defineKey, type KeyProperties } from './define-key.ts';
import { createKeyRing } from './keys.ts';
import { operations } from './operations.ts';
import { parseInput } from './parse-input.ts';

export interface Kms extends AwsService {
  /** The key of an `AWS::KMS::Key`; a definition id always gives the same key. */
  defineKey(definitionId: string, properties: KeyProperties): { KeyId: string; Arn: string };
}

export function createKms(deps: { store: Store; clock: Clock; region: string; accountId: string }): Kms {
  const ring = createKeyRing(deps);
  return {
    signingName: 'kms',
    operationName,
    async handle(request) {
      const name = operationName(request) ?? '';
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (operation === undefined) throw unsupported(name);
      const answer = operation(ring, parseInput(request.body));
      const headers = { 'content-type': 'application/x-amz-json-1.1' };
      return { status: 200, headers, body: JSON.stringify(answer) };
    },
    defineKey: (definitionId, properties) => defineKey(ring, definitionId, properties),
  };
}

const operationName = ({ headers }: AwsRequest): string | undefined =>
  /^TrentService\.(\w+)$/.exec(String(headers['x-amz-target']))?.[1];

const unsupported = (name: string) =>
  new AwsError(
    'UnknownOperationException',
    `The local KMS has no operation '${name}'; it has ${Object.keys(operations).join(', ')}.`,
  );
