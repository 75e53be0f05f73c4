import { readFileSync } from 'node:fs';
import { Lazy } from 'aws-cdk-lib';
import { Cors } from 'aws-cdk-lib/aws-apigateway';
import {
  Function as EdgeFunction,
  type FunctionAssociation,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { allowedHeaders, exposedHeaders } from '../../../core/contract/cors-headers.ts';
import { keyForm } from '../../../core/contract/key-requests.ts';
import { routes } from '../../../core/contract/routes.ts';
import { type ErrorCode, errorBodyOf, errorCodes } from '../../../core/errors.ts';
import { landingFiles } from './landing/landing-languages.ts';

type FunctionName = 'api-viewer-request' | 'console-paths';

/** `GET`, `POST` and so on, by the path as the contract has it: `/v1/api-keys/{id}`. */
export type MethodsByPath = ReadonlyMap<string, readonly string[]>;

export function onViewerRequest(
  scope: Construct,
  id: string,
  name: FunctionName,
  comment: string,
  methods?: MethodsByPath,
): FunctionAssociation {
  return {
    eventType: FunctionEventType.VIEWER_REQUEST,
    function: new EdgeFunction(scope, id, {
      comment,
      runtime: FunctionRuntime.JS_2_0,
      // Late, since routes may be added after the edge.
      code: FunctionCode.fromInline(Lazy.string({ produce: () => viewerRequestCode(name, methods) })),
    }),
  };
}

/**
 * A CloudFront function can't import: what both share, and what the contract defines, goes in front of its own code.
 * @param methods of this deployment's routes, at other paths API Gateway decides
 */
export function viewerRequestCode(name: FunctionName, methods: MethodsByPath = new Map()): string {
  const definitions = {
    keyForm,
    keyPaths: Object.values(routes)
      .filter(({ access }) => access === 'key')
      .map(({ path }) => path.replace(/\/\{.*/, '')),
    ...(name === 'api-viewer-request' && {
      methods: Object.fromEntries(
        [...methods].map(([path, all]) => [path.replaceAll(/\{.*?\}/g, '*'), all.join(', ')]),
      ),
    }),
    ...(name === 'console-paths' && { landingFiles }),
    errors: Object.fromEntries(
      (['not_found', 'method_not_allowed', 'invalid_api_key'] as const).map(errorOf),
    ),
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
      // CloudFront takes 10 kB, comments included.
      readFileSync(new URL(`${file}.js`, import.meta.url), 'utf8').replaceAll(/^\/\/.*\n/gm, ''),
    ),
  ].join('');
}

function errorOf(code: ErrorCode) {
  return [code, { status: errorCodes[code].status, error: errorBodyOf(code, '').error }] as const;
}
