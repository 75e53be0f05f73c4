import { fileURLToPath } from 'node:url';
import { Function as EdgeFunction, FunctionCode, FunctionRuntime } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

/** Gives the console's page to every address that names no file. */
export function consolePaths(scope: Construct, id: string): EdgeFunction {
  return new EdgeFunction(scope, id, {
    comment: 'Serves the console at every path without an extension',
    runtime: FunctionRuntime.JS_2_0,
    code: FunctionCode.fromFile({ filePath: fileURLToPath(new URL('console-paths.js', import.meta.url)) }),
  });
}
