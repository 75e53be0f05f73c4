import type { FunctionDefinition } from './function-definition.ts';

/**
 * All that a function finds in `process.env`: its own settings and what Lambda sets, nothing of this machine.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 * @param extra how the function reaches the stand-ins
 */
export function environmentVariables(
  definition: FunctionDefinition,
  place: { region: string; logStream: string },
  extra: Record<string, string>,
): Record<string, string> {
  return {
    ...definition.environment,
    _HANDLER: definition.handler,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_DEFAULT_REGION: place.region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: place.logStream,
    AWS_REGION: place.region,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    LAMBDA_TASK_ROOT: definition.codeDirectory,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...extra,
  };
}
