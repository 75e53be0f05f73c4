import { compileMockIntegration, type MockIntegration } from './mock-integration.ts';
import type { IntegrationProperties, MethodResponse } from './template-properties.ts';

export interface LambdaIntegration {
  readonly type: 'lambda';
  /** The function's physical name. */
  readonly functionName: string;
  readonly streaming: boolean;
  readonly timeoutMilliseconds: number;
}

export type Integration = LambdaIntegration | MockIntegration;

const lambdaUri =
  /^arn:[^:]+:apigateway:[^:]+:lambda:path\/[\d-]+\/functions\/arn:[^:]+:lambda:[^:]+:[^:]*:function:(?<name>[\w-]+)(?<qualifier>:[^/]+)?\/(?<action>invocations|response-streaming-invocations)$/;

/** Limits of a Regional API, in milliseconds. */
const shortestTimeout = 50;
const longestTimeout = { BUFFERED: 29_000, STREAM: 900_000 } as const;

/** @throws Error naming what is wrong with it or not supported */
export function compileIntegration(
  properties: IntegrationProperties,
  methodResponses: readonly MethodResponse[],
): Integration {
  return properties.Type === 'MOCK'
    ? compileMockIntegration(properties, methodResponses)
    : compileLambdaIntegration(properties);
}

function compileLambdaIntegration(properties: IntegrationProperties): LambdaIntegration {
  const { Uri = '', ResponseTransferMode: mode, TimeoutInMillis: timeoutMilliseconds } = properties;
  const found = lambdaUri.exec(Uri)?.groups;
  if (found === undefined) throw new Error(`Integration.Uri '${Uri}' is not a Lambda invocation`);
  const { name = '', qualifier = ':$LATEST', action } = found;
  if (qualifier !== ':$LATEST')
    throw new Error(`Integration.Uri names the version or alias '${qualifier.slice(1)}'`);
  if (properties.IntegrationHttpMethod !== 'POST') {
    throw new Error('Integration.IntegrationHttpMethod must be POST, the only method Lambda takes');
  }
  const streaming = action === 'response-streaming-invocations';
  if (streaming !== (mode === 'STREAM')) {
    throw new Error(
      `Integration.ResponseTransferMode ${mode} does not go with a Uri that ends in /${action}`,
    );
  }
  if (timeoutMilliseconds < shortestTimeout || timeoutMilliseconds > longestTimeout[mode]) {
    throw new Error(
      `Integration.TimeoutInMillis ${timeoutMilliseconds} is outside ${shortestTimeout} to ${longestTimeout[mode]} (${mode})`,
    );
  }
  return { type: 'lambda', functionName: name, streaming, timeoutMilliseconds };
}
