import * as z from 'zod';
import type { Store } from '../../state/store.ts';
import type { ResourceProvider } from '../resource-provider.ts';
import { physicalName } from '../stable-id.ts';
import { readProperties } from './read-properties.ts';

export interface StoredParameter {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

const schema = z.looseObject({
  Name: z.string().optional(),
  Type: z.enum(['String', 'StringList']),
  Value: z.string(),
});

/** Keeps the value in collection `ssm/parameters`, by name. */
export function ssmParameter(store: Pick<Store, 'collection'>): ResourceProvider {
  return {
    type: 'AWS::SSM::Parameter',
    create(logicalId, properties, { stackName }) {
      const { Name, Type, Value } = readProperties(schema, properties);
      const name = Name ?? physicalName({ stackName, logicalId });
      store.collection<StoredParameter>('ssm/parameters').put(name, { name, type: Type, value: Value });
      return { ref: name, attributes: { Type, Value } };
    },
  };
}
