import type { ServerResponse } from 'node:http';
import type { LambdaInvoker } from '../../lambda/invoker.ts';
import { GatewayFailure } from '../rest-api/gateway-failures.ts';
import type { LambdaIntegration } from '../rest-api/integration.ts';
import { isBinary, mediaTypeOf } from '../rest-api/media-type.ts';
import { type Call, lastHeader } from './call.ts';
import { integrationFailure } from './integration-failure.ts';
import { parseBufferedAnswer } from './proxy-answer.ts';
import { writeAnswer } from './write-answer.ts';

interface Invocation {
  call: Call;
  response: ServerResponse;
  integration: LambdaIntegration;
  event: unknown;
  binaryMediaTypes: readonly string[];
}

/** @throws GatewayFailure when the function fails, takes too long or answers in another form */
export async function invokeBuffered(
  lambda: Pick<LambdaInvoker, 'invoke'>,
  invocation: Invocation,
): Promise<void> {
  const { call, response, integration, event } = invocation;
  const result = await withinTime(
    integration.timeoutMilliseconds,
    response,
    lambda.invoke(integration.functionName, event),
  );
  const answer = result.functionError === undefined ? parseBufferedAnswer(result.payload) : undefined;
  if (answer === undefined) throw new GatewayFailure('INTEGRATION_FAILURE');
  const accepted = mediaTypeOf(lastHeader(call.headers, 'accept')?.split(',', 1)[0]);
  const decoded = answer.isBase64Encoded && isBinary(invocation.binaryMediaTypes, accepted);
  const body = decoded ? Buffer.from(answer.body, 'base64') : answer.body;
  writeAnswer(response, call, { ...answer, contentType: 'application/json', body });
}

/** The function itself goes on after the time is over, as on AWS. The timer ends with the response. */
function withinTime<T>(milliseconds: number, response: ServerResponse, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new GatewayFailure('INTEGRATION_TIMEOUT')), milliseconds);
    const stop = () => clearTimeout(timer);
    response.once('close', stop);
    work.then(resolve, (error: unknown) => reject(integrationFailure(error))).finally(stop);
  });
}
