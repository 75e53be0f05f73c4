import { readFileSync } from 'node:fs';
import { Cors } from 'aws-cdk-lib/aws-apigateway';
import {
  Function as EdgeFunction,
  type FunctionAssociation,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { keyForm } from '../../../core/contract/key-requests.ts';
import { allowedHeaders, exposedHeaders } from '../../../core/contract/response-headers.ts';
import { routes } from '../../../core/contract/routes.ts';
import { type ErrorCode, errorBodyOf, errorCodes } from '../../../core/errors.ts';

type FunctionName = 'api-viewer-request' | 'console-paths';

export function onViewerRequest(
  scope: Construct,
  id: string,
  name: FunctionName,
  comment: string,
): FunctionAssociation {
  return {
    eventType: FunctionEventType.VIEWER_REQUEST,
    function: new EdgeFunction(scope, id, {
      comment,
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(viewerRequestCode(name)),
    }),
  };
}

/** A CloudFront function can't import: what both share, and what the contract defines, goes in front of its own code. */
export function viewerRequestCode(name: FunctionName): string {
  const definitions = {
    keyForm,
    keyPaths: Object.values(routes)
      .filter(({ access }) => access === 'key')
      .map(({ path }) => path.replace(/\/\{.*/, '')),
    errors: Object.fromEntries((['not_found', 'invalid_api_key'] as const).map(errorOf)),
    cors: {
      allowMethods: Cors.ALL_METHODS.join(','),
      allowHeaders: allowedHeaders.join(','),
      exposeHeaders: exposedHeaders.join(','),
    },
  };
  return [
    ...Object.entries(definitions).map(
      ([variable, value]) => `var ${variable} = ${JSON.stringify(value)};\n`,
    ),
    ...['refuse-at-the-edge', name].map((file) =>
      readFileSync(new URL(`${file}.js`, import.meta.url), 'utf8'),
    ),
  ].join('');
}

function errorOf(code: ErrorCode) {
  return [code, { status: errorCodes[code].status, error: errorBodyOf(code, '').error }] as const;
}
