import { LambdaRefusal } from '../../lambda/invocation-errors.ts';
import type { LambdaInvoker } from '../../lambda/invoker.ts';
import { AwsError, type AwsRequest, type AwsService } from '../service.ts';

const invocations = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** Lambda's own API, as far as an operator needs it here: Invoke, waiting for the answer or not. */
export function createLambdaApi(invoker: Pick<LambdaInvoker, 'invoke'>): AwsService {
  return {
    signingName: 'lambda',
    operationName: (request) => (functionNameOf(request) === undefined ? undefined : 'Invoke'),
    async handle(request) {
      const name = functionNameOf(request);
      if (name === undefined) {
        throw new AwsError(
          'UnknownOperationException',
          `${request.method} ${request.path} is not supported here: of Lambda's API only Invoke is.`,
        );
      }
      return invoke(invoker, name, request);
    },
  };
}

async function invoke(invoker: Pick<LambdaInvoker, 'invoke'>, name: string, request: AwsRequest) {
  const event = readEvent(request.body);
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type === 'DryRun') return { status: 204, body: '' };
  const running = invoker.invoke(name, event);
  if (type === 'Event') {
    // Failures of the function are its own log's matter.
    running.catch(() => {});
    return { status: 202, body: '' };
  }
  const { payload, functionError } = await running.catch(refused);
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'x-amz-executed-version': '$LATEST',
      ...(functionError !== undefined && { 'x-amz-function-error': functionError }),
    },
    body: payload,
  };
}

/** What the host refuses before any code runs is an error of Lambda's own: an unknown function, too many calls. */
function refused(error: unknown): never {
  if (!(error instanceof LambdaRefusal)) throw error;
  throw new AwsError(error.code, error.message, error.status);
}

function functionNameOf({ method, path }: AwsRequest): string | undefined {
  const [, name] = method === 'POST' ? (invocations.exec(path) ?? []) : [];
  // A name, or an ARN that ends in one.
  return name === undefined ? undefined : decodeURIComponent(name).split(':').at(-1);
}

function readEvent(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json.');
  }
}
