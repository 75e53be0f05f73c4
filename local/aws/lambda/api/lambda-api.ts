import { AwsError, type AwsRequest, type AwsResponse, type AwsService } from '../../service.ts';
import { LambdaRefusal } from '../invocation-errors.ts';
import type { LambdaInvoker } from '../invoker.ts';
import { oneOf } from './constraints.ts';
import { readReference } from './function-reference.ts';

const invocations = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const eventLimitBytes = 1_048_576;

export interface InvocableFunctions extends Pick<LambdaInvoker, 'invoke'> {
  /**
   * @param functionName a name, or an ARN without qualifier
   * @throws LambdaRefusal when there is no such function, or no such version or alias of it
   */
  requireFunction(functionName: string, qualifier: string | undefined): void;
}

/** Lambda's own API, as far as an operator needs it here: Invoke, waiting for the answer or not. */
export function createLambdaApi(functions: InvocableFunctions): AwsService {
  return {
    signingName: 'lambda',
    operationName: (request) => (pathNameOf(request) === undefined ? undefined : 'Invoke'),
    async handle(request) {
      const name = pathNameOf(request);
      if (name === undefined) {
        throw new AwsError(
          'UnknownOperationException',
          `${request.method} ${request.path} is not supported here: of Lambda's API only Invoke is.`,
          404,
        );
      }
      return invoke(functions, name, request).catch(refused);
    },
  };
}

async function invoke(
  functions: InvocableFunctions,
  pathName: string,
  { headers, query, body, requestId }: AwsRequest,
): Promise<AwsResponse> {
  const type = oneOf(headers, 'x-amz-invocation-type', 'invocationType', [
    'RequestResponse',
    'Event',
    'DryRun',
  ]);
  const logType = oneOf(headers, 'x-amz-log-type', 'logType', ['None', 'Tail']);
  const { functionName, qualifier } = readReference(pathName, query.get('Qualifier'));
  functions.requireFunction(functionName, qualifier);
  const event = readEvent(body);
  if (type === 'DryRun') return { status: 204, body: '' };
  if (type === 'Event') {
    if (body.length > eventLimitBytes) throw tooLarge(body.length);
    // The function's own log has its failures.
    functions.invoke(functionName, event).catch(() => {});
    return { status: 202, body: '' };
  }
  const { payload, functionError, ...execution } = await functions.invoke(functionName, event);
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      // The id that the function's own log has for the execution.
      'x-amzn-requestid': execution.requestId ?? requestId,
      'x-amz-executed-version': '$LATEST',
      ...(functionError !== undefined && { 'x-amz-function-error': functionError }),
      ...(logType === 'Tail' && {
        'x-amz-log-result': Buffer.from(execution.logTail ?? '').toString('base64'),
      }),
    },
    body: payload,
  };
}

/** What the host refuses before any code runs is an error of Lambda's own: an unknown function, too many calls. */
function refused(error: unknown): never {
  if (!(error instanceof LambdaRefusal)) throw error;
  throw new AwsError(error.code, error.message, error.status);
}

const tooLarge = (bytes: number): AwsError =>
  new AwsError(
    'RequestTooLargeException',
    `${bytes} byte payload is too large for the Event invocation type (limit ${eventLimitBytes} bytes)`,
    413,
  );

const pathNameOf = ({ method, path }: AwsRequest): string | undefined =>
  method === 'POST' ? invocations.exec(path)?.[1] : undefined;

function readEvent(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json.');
  }
}
