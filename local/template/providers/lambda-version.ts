import * as z from 'zod';
import type { ResourceProvider } from '../resource-provider.ts';
import { functionNameOf } from './function-name.ts';
import { readProperties } from './read-properties.ts';

const versionSchema = z.looseObject({ FunctionName: z.string() });
const aliasSchema = z.looseObject({ FunctionName: z.string(), Name: z.string() });

/** Versions and aliases all lead to the one code there is; only their ARNs differ. */
export const lambdaVersion: ResourceProvider = {
  type: 'AWS::Lambda::Version',
  create(_logicalId, properties, { environment }) {
    const { FunctionName } = readProperties(versionSchema, properties);
    const arn = qualified(FunctionName, '1', environment);
    return { ref: arn, attributes: { FunctionArn: arn, Version: '1' } };
  },
};

export const lambdaAlias: ResourceProvider = {
  type: 'AWS::Lambda::Alias',
  create(_logicalId, properties, { environment }) {
    const { FunctionName, Name } = readProperties(aliasSchema, properties);
    const arn = qualified(FunctionName, Name, environment);
    return { ref: arn, attributes: { AliasArn: arn } };
  },
};

interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

function qualified(nameOrArn: string, qualifier: string, { partition, region, accountId }: Place): string {
  const name = functionNameOf(nameOrArn) ?? nameOrArn;
  return `arn:${partition}:lambda:${region}:${accountId}:function:${name}:${qualifier}`;
}
