import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { environmentVariables } from '../../../local/aws/lambda/environment-variables.ts';
import type { FunctionDefinition } from '../../../local/aws/lambda/function-definition.ts';
import { functionNotFound, LambdaFunctionError } from '../../../local/aws/lambda/invocation-errors.ts';
import type { StreamingResult } from '../../../local/aws/lambda/invoker.ts';
import type { LambdaHost } from '../../../local/aws/lambda/lambda-host.ts';
import type { LambdaHostDeps } from '../../../local/aws/lambda/lambda-host-deps.ts';
import {
  type Call,
  type Result,
  type RuntimeEnvironment,
  startRuntimeEnvironment,
} from './runtime-environment.ts';

interface Hosted {
  definition: FunctionDefinition;
  idle: RuntimeEnvironment[];
}

/**
 * Runs functions as Lambda does: each in a process of its own under AWS's own runtime client. It has no clock to move,
 * no faults and no limits: those are the local host's.
 * @param client the runtime client's program
 */
export function createRuntimeClientHost(client: string, deps: LambdaHostDeps): LambdaHost {
  const functions = new Map<string, Hosted>();
  const all = new Set<RuntimeEnvironment>();
  const find = (functionName: string): Hosted => {
    const name = functionName.startsWith('arn:') ? (functionName.split(':')[6] ?? '') : functionName;
    const hosted = functions.get(name);
    if (hosted === undefined) throw functionNotFound(functionName);
    return hosted;
  };
  const start = async ({ definition }: Hosted) => {
    const place = { region: deps.region, logStream: 'referee' };
    const variables = environmentVariables(definition, place, deps.extraEnvironment?.() ?? {});
    const environment = await startRuntimeEnvironment(client, definition, variables);
    all.add(environment);
    return environment;
  };
  const run = async (functionName: string, event: unknown, onStream: Call['onStream']) => {
    const hosted = find(functionName);
    const environment = hosted.idle.pop() ?? (await start(hosted));
    const requestId = randomUUID();
    const result = await environment.run({ requestId, event: JSON.stringify(event), onStream });
    if (environment.alive) hosted.idle.push(environment);
    return { ...result, requestId };
  };

  return {
    defineFunction: (definition) => void functions.set(definition.name, { definition, idle: [] }),
    requireFunction: (functionName) => void find(functionName),
    swapCode(functionName, codeDirectory) {
      const { definition } = find(functionName);
      functions.set(definition.name, { definition: { ...definition, codeDirectory }, idle: [] });
    },
    async invoke(functionName, event) {
      let streamed: Promise<Buffer> | undefined;
      const result = await run(functionName, event, (_type, body) => {
        streamed = buffer(body);
      });
      if (!result.ok)
        return { payload: result.error, functionError: 'Unhandled', requestId: result.requestId };
      return { payload: result.payload ?? String(await streamed), requestId: result.requestId };
    },
    invokeStreaming(functionName, event) {
      const { promise, resolve, reject } = Promise.withResolvers<StreamingResult>();
      const body = new PassThrough();
      // Whoever has gone is not waited for: the function's answer is drained.
      body.on('error', () => undefined);
      run(functionName, event, (contentType, from) => {
        body.once('close', () => from.resume());
        from.pipe(body, { end: false });
        resolve({ contentType, body });
      }).then((result) => finish(result, body, { resolve, reject }), reject);
      return promise;
    },
    stats: () => ({ environments: all.size, responseBytes: 0, functions: {} }),
    async close() {
      for (const environment of all) environment.end();
    },
  };
}

function finish(
  result: Result,
  body: PassThrough,
  { resolve, reject }: { resolve(result: StreamingResult): void; reject(error: Error): void },
): void {
  if (!result.ok) {
    const error = new LambdaFunctionError(result.error);
    reject(error);
    body.destroy(error);
    return;
  }
  if (result.payload !== undefined) resolve({ contentType: 'application/json', body });
  body.end(result.payload);
}
