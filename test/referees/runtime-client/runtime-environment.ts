import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { FunctionDefinition } from '../../../local/aws/lambda/function-definition.ts';
import { runtimeExited, timedOut } from '../../../local/aws/lambda/invocation-errors.ts';

export interface Call {
  requestId: string;
  event: string;
  /** The function streams: its answer begins. */
  onStream(contentType: string, body: IncomingMessage): void;
}

/** `error` is Lambda's error object as JSON text; `payload` is absent when the function streamed. */
export type Result = { ok: true; payload?: string } | { ok: false; error: string };

/** A process with AWS's runtime client, which asks the Runtime API here for one call after another. */
export interface RuntimeEnvironment {
  run(call: Call): Promise<Result>;
  readonly alive: boolean;
  end(): void;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

const base = '/2018-06-01/runtime';

/** https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
export async function startRuntimeEnvironment(
  client: string,
  definition: FunctionDefinition,
  variables: Record<string, string>,
): Promise<RuntimeEnvironment> {
  let call: Call | undefined;
  let settle: ((result: Result) => void) | undefined;
  let waiting: ServerResponse | undefined;
  let alive = true;

  const finish = (result: Result) => {
    const settleNow = settle;
    call = undefined;
    settle = undefined;
    settleNow?.(result);
  };
  const handOut = () => {
    if (call === undefined || waiting === undefined) return;
    waiting.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': call.requestId,
      'lambda-runtime-deadline-ms': String(Date.now() + definition.timeoutSeconds * 1000),
      'lambda-runtime-invoked-function-arn': definition.arn,
      'lambda-runtime-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0',
    });
    waiting.end(call.event);
    waiting = undefined;
  };
  const takeResponse = async (request: IncomingMessage) => {
    if (request.headers['lambda-runtime-function-response-mode'] !== 'streaming') {
      finish({ ok: true, payload: await text(request) });
      return;
    }
    request.once('end', () => {
      const { 'lambda-runtime-function-error-body': failure } = request.trailers;
      if (failure === undefined) finish({ ok: true });
      else finish({ ok: false, error: Buffer.from(failure, 'base64').toString() });
    });
    call?.onStream(request.headers['content-type'] ?? 'application/octet-stream', request);
  };
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    if (path === `${base}/invocation/next`) {
      waiting = response;
      handOut();
      return;
    }
    if (path.endsWith('/response')) {
      request.once('end', () => response.writeHead(202).end('{}'));
      await takeResponse(request);
      return;
    }
    // The invocation's or the initialization's.
    if (path.endsWith('/error')) finish({ ok: false, error: await text(request) });
    response.writeHead(202).end('{}');
  });
  server.requestTimeout = 0;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

  const child = spawn(process.execPath, [client, definition.handler], {
    cwd: definition.codeDirectory,
    env: { ...variables, AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(server.address() as AddressInfo).port}` },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (said: string) => {
    lastWords = (lastWords + said).slice(-4000);
  });
  child.once('exit', (code) => {
    alive = false;
    running.delete(child);
    server.close();
    server.closeAllConnections();
    if (settle !== undefined && lastWords !== '') process.stderr.write(`${definition.name}: ${lastWords}\n`);
    finish({ ok: false, error: runtimeExited(call?.requestId ?? '', code ?? undefined) });
  });

  return {
    get alive() {
      return alive;
    },
    run(next) {
      const { promise, resolve } = Promise.withResolvers<Result>();
      const late = setTimeout(() => {
        finish({ ok: false, error: timedOut(next.requestId, definition.timeoutSeconds) });
        child.kill('SIGKILL');
      }, definition.timeoutSeconds * 1000);
      settle = (result) => {
        clearTimeout(late);
        resolve(result);
      };
      call = next;
      handOut();
      return promise;
    },
    end: () => void child.kill('SIGKILL'),
  };
}
