import * as z from 'zod';
import type { FunctionDefinition } from '../../aws/lambda/function-definition.ts';
import type { ResourceProvider } from '../resource-provider.ts';
import { physicalName } from '../stable-id.ts';
import { readProperties, refused } from './read-properties.ts';

export interface FunctionRegistry {
  /** Called again for a known name it replaces the definition. */
  defineFunction(definition: FunctionDefinition): void | Promise<void>;
}

const environmentLimitBytes = 4096;
/** Lambda sets these itself and refuses functions that do. */
const reservedVariables = new Set([
  ...['_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV'],
  ...['AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_VERSION'],
  ...['AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME'],
  ...['AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
  ...['AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR'],
]);

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
function checkVariables(variables: Readonly<Record<string, string>>, context: z.core.$RefinementCtx): void {
  const refuse = (message: string) => context.addIssue({ code: 'custom', message });
  for (const name of Object.keys(variables)) {
    if (reservedVariables.has(name)) refuse(`'${name}' is reserved by Lambda`);
    else if (!/^[a-zA-Z]\w+$/.test(name))
      refuse(`'${name}' must be a letter and then letters, digits or underscores`);
  }
  if (Buffer.byteLength(JSON.stringify(variables)) > environmentLimitBytes)
    refuse(`the variables must fit into ${environmentLimitBytes} bytes`);
}

const logLevels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** https://docs.aws.amazon.com/lambda/latest/api/API_LoggingConfig.html */
const loggingConfig = z
  .object({
    LogGroup: z.string().optional(),
    LogFormat: z.enum(['JSON', 'Text']).default('Text'),
    ApplicationLogLevel: z.enum(logLevels).optional(),
    SystemLogLevel: z.enum(['DEBUG', 'INFO', 'WARN']).optional(),
  })
  .refine(
    ({ LogFormat, ApplicationLogLevel, SystemLogLevel }) =>
      LogFormat === 'JSON' || (ApplicationLogLevel ?? SystemLogLevel) === undefined,
    { error: 'log levels need LogFormat JSON' },
  );

const schema = z.looseObject({
  LoggingConfig: loggingConfig.optional(),
  FunctionName: z
    .string()
    .regex(/^[\w-]{1,64}$/, { error: 'must be 1 to 64 letters, digits, hyphens or underscores' })
    .optional(),
  Runtime: z.string(),
  Handler: z.string().max(128),
  Code: z.looseObject({
    S3Bucket: z.string().optional(),
    S3Key: z.string({ error: 'only code from an asset of the app is supported' }),
    ZipFile: refused('inline code is not supported; bundle it'),
  }),
  MemorySize: z.coerce.number().int().min(128).max(10_240).default(128),
  Timeout: z.coerce.number().int().min(1).max(900).default(3),
  Environment: z
    .object({ Variables: z.record(z.string(), z.coerce.string()).default({}).superRefine(checkVariables) })
    .optional(),
  ReservedConcurrentExecutions: z.coerce.number().int().min(0).optional(),
  PackageType: z.literal('Zip', { error: 'container images are not supported' }).optional(),
  Layers: z
    .array(z.unknown())
    .max(0, { error: 'layers are not supported; bundle what the function needs' })
    .optional(),
  FileSystemConfigs: refused('file systems are not supported'),
});

/** The domain of a user pool, by the name that it has at AWS. */
const loginDomain = /^https:\/\/[a-z0-9-]+\.auth\.[a-z0-9-]+\.amazoncognito\.com(?=$|\/)/;

/** @param loginUrl where user pools' domains are on this machine */
export function lambdaFunction(registry: FunctionRegistry, loginUrl: string): ResourceProvider {
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
        environment: Object.fromEntries(
          Object.entries(wanted.Environment?.Variables ?? {}).map(([variable, value]) => [
            variable,
            value.replace(loginDomain, loginUrl),
          ]),
        ),
        shortName: wanted.Environment?.Variables.SERVICE_NAME ?? logicalId,
        ...(wanted.ReservedConcurrentExecutions === undefined
          ? {}
          : { reservedConcurrency: wanted.ReservedConcurrentExecutions }),
      });
      return { ref: name, attributes: { Arn: arn } };
    },
  };
}
