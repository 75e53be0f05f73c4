import * as z from 'zod';
import type { ResourceProvider } from '../resource-provider.ts';
import { physicalName } from '../stable-id.ts';
import { readProperties, refused } from './read-properties.ts';

/** What the Lambda host needs to run a function. */
export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  /** Absolute; holds the bundle `handler` names. */
  readonly codeDirectory: string;
  /** `index.handler` */
  readonly handler: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number;
  /** For log lines. */
  readonly shortName?: string;
}

export interface FunctionRegistry {
  /** Called again for a known name it replaces the definition. */
  defineFunction(definition: FunctionDefinition): void | Promise<void>;
}

const schema = z.looseObject({
  FunctionName: z.string().optional(),
  Runtime: z.string(),
  Handler: z.string(),
  Code: z.looseObject({
    S3Bucket: z.string().optional(),
    S3Key: z.string({ error: 'only code from an asset of the app is supported' }),
    ZipFile: refused('inline code is not supported; bundle it'),
  }),
  MemorySize: z.coerce.number().default(128),
  Timeout: z.coerce.number().default(3),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
  ReservedConcurrentExecutions: z.coerce.number().optional(),
  PackageType: z.literal('Zip', { error: 'container images are not supported' }).optional(),
  Layers: z
    .array(z.unknown())
    .max(0, { error: 'layers are not supported; bundle what the function needs' })
    .optional(),
  FileSystemConfigs: refused('file systems are not supported'),
});

export function lambdaFunction(registry: FunctionRegistry): ResourceProvider {
  return {
    type: 'AWS::Lambda::Function',
    async create(logicalId, properties, { stackName, environment, assets }) {
      const wanted = readProperties(schema, properties);
      if (!wanted.Runtime.startsWith('nodejs'))
        throw new Error(`runtime ${wanted.Runtime} is not supported: functions here run on Node.`);
      const name = wanted.FunctionName ?? physicalName({ stackName, logicalId });
      const { partition, region, accountId } = environment;
      const arn = `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
      const asset = assets.byObjectKey(wanted.Code.S3Key);
      if (asset.packaging !== 'zip') throw new Error(`asset ${asset.objectKey} is not a directory.`);
      await registry.defineFunction({
        name,
        arn,
        codeDirectory: asset.path,
        handler: wanted.Handler,
        memoryMegabytes: wanted.MemorySize,
        timeoutSeconds: wanted.Timeout,
        environment: wanted.Environment?.Variables ?? {},
        shortName: wanted.Environment?.Variables.POWERTOOLS_SERVICE_NAME ?? logicalId,
        ...(wanted.ReservedConcurrentExecutions === undefined
          ? {}
          : { reservedConcurrency: wanted.ReservedConcurrentExecutions }),
      });
      return { ref: name, attributes: { Arn: arn } };
    },
  };
}
