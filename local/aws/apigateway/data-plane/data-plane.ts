import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { Randomness } from '../../../randomness.ts';
import { DiskFull } from '../../../state/disk-full.ts';
import type { CloudWatch } from '../../cloudwatch/cloudwatch.ts';
import { measureApiCall } from '../../cloudwatch/service-metrics.ts';
import type { LambdaInvoker } from '../../lambda/invoker.ts';
import type { Records } from '../keys/stored-keys-and-plans.ts';
import type { UsageMeter } from '../keys/usage-meter.ts';
import { GatewayFailure } from '../rest-api/gateway-failures.ts';
import { renderGatewayResponse } from '../rest-api/gateway-response.ts';
import type { RestApiDirectory } from '../rest-api/rest-api.ts';
import type { TokenBuckets } from '../token-bucket.ts';
import { authorize, type VerifyIdToken } from './authorize.ts';
import { type Call, type Caller, lastHeader, mappingSource, type Route, readCall } from './call.ts';
import { chooseRoute, chooseStage, type StageMatch } from './choose-route.ts';
import { identifyKey } from './identify-key.ts';
import { invokeBuffered } from './invoke-buffered.ts';
import { invokeStreaming } from './invoke-streaming.ts';
import { obeyPolicy } from './obey-policy.ts';
import { refuseOversized } from './oversized.ts';
import { proxyEvent } from './proxy-event.ts';
import { CallerGone, readPayload } from './read-payload.ts';
import { throttleKey, throttleMethod } from './throttle.ts';
import { validateRequest } from './validate-request.ts';
import { writeAnswer } from './write-answer.ts';

export interface DataPlaneDependencies {
  /** The web ACL in front of each stage. @default none */
  waf?: undefined | { stops(stage: { apiId: string; stage: string }, call: Call): string | undefined };
  directory: RestApiDirectory;
  records: Records;
  meter: UsageMeter;
  buckets: TokenBuckets;
  lambda: LambdaInvoker;
  /** Gets what API Gateway measures. @default nothing is measured */
  cloudWatch?: Pick<CloudWatch, 'put'> | undefined;
  verifyIdToken: VerifyIdToken;
  clock: Clock;
  log: Log;
  randomness: Randomness;
  region: string;
  accountId: string;
}

/** What is known of a call so far, and may appear in a gateway response. */
interface Progress {
  match?: StageMatch | undefined;
  route?: Route;
  caller?: Caller;
  failure?: GatewayFailure;
}

/** Lambda takes events up to 6 MB. */
const eventLimitBytes = 6 * 1024 * 1024;

/** The stages of all REST APIs behind one HTTP handler, each at `/<stage>/…`. */
export function createDataPlane(
  deps: DataPlaneDependencies,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const call = readCall(request, deps);
    const progress: Progress = {};
    const oversized = refuseOversized(call, request.url ?? '/');
    if (oversized !== undefined) {
      writeAnswer(response, call, oversized);
      logCall(deps, response, call, progress);
      return;
    }
    serve(deps, request, response, call, progress)
      .catch((error: unknown) => answerFailure(deps, response, call, progress, error))
      .catch((error: unknown) => {
        deps.log.warn('gateway', `answering failed: ${error instanceof Error ? error.stack : String(error)}`);
        response.destroy();
      })
      .finally(() => logCall(deps, response, call, progress));
  };
}

/** The order of these steps is AWS's, and with it which refusal a call gets. */
async function serve(
  deps: DataPlaneDependencies,
  request: IncomingMessage,
  response: ServerResponse,
  call: Call,
  progress: Progress,
): Promise<void> {
  progress.match = chooseStage(deps.directory, call);
  // AWS answers an unknown host or stage like an unknown key; no API's overrides apply.
  if (progress.match === undefined) throw new GatewayFailure('INVALID_API_KEY');
  const { api, stage } = progress.match;
  // A web ACL comes before all else that could refuse a call, and before its body is read.
  const stoppedBy = deps.waf?.stops({ apiId: api.id, stage: stage.name }, call);
  if (stoppedBy !== undefined) throw new GatewayFailure('WAF_FILTERED');
  const route = chooseRoute(progress.match, call.httpMethod);
  progress.route = route;
  const body = await readPayload(request);

  const authorizer =
    route.method.authorizerId === undefined
      ? undefined
      : route.api.authorizers.get(route.method.authorizerId);
  const claims = authorizer && (await authorize(deps, authorizer, call));
  progress.caller = { claims, apiKey: undefined };
  obeyPolicy(deps, call, route);
  if (route.method.apiKeyRequired) {
    const metered = identifyKey(deps, call, route);
    progress.caller = { claims, apiKey: { id: metered.key.id, value: metered.key.value } };
    throttleKey(deps.buckets, metered, route);
    throttleMethod(deps.buckets, route);
    if (!deps.meter.count(metered.plan, metered.key.id)) throw new GatewayFailure('QUOTA_EXCEEDED');
  } else {
    throttleMethod(deps.buckets, route);
  }
  validateRequest(call, route, body.toString('utf8'));
  await integrate(deps, response, call, route, progress.caller, body);
}

async function integrate(
  deps: DataPlaneDependencies,
  response: ServerResponse,
  call: Call,
  route: Route,
  caller: Caller,
  body: Buffer,
): Promise<void> {
  const { integration } = route.method;
  if (integration.type === 'mock') {
    const source = mappingSource(call, route, deps, caller);
    const contentType = lastHeader(call.headers, 'content-type');
    writeAnswer(response, call, integration.answer({ contentType, body: body.toString('utf8'), source }));
    return;
  }
  const event = proxyEvent(call, route, caller, body, deps);
  if (body.length > eventLimitBytes / 2 && Buffer.byteLength(JSON.stringify(event)) > eventLimitBytes) {
    throw new GatewayFailure('REQUEST_TOO_LARGE');
  }
  const { binaryMediaTypes } = route.api;
  if (integration.streaming) await invokeStreaming(deps.lambda, { call, response, integration, event });
  else await invokeBuffered(deps.lambda, { call, response, integration, event, binaryMediaTypes });
}

function answerFailure(
  deps: DataPlaneDependencies,
  response: ServerResponse,
  call: Call,
  progress: Progress,
  error: unknown,
): void {
  if (error instanceof CallerGone || response.destroyed) return;
  if (!(error instanceof GatewayFailure || error instanceof DiskFull)) {
    deps.log.warn('gateway', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const failure = error instanceof GatewayFailure ? error : new GatewayFailure(failureType(error));
  progress.failure = failure;
  const overrides = progress.match?.api.gatewayResponses ?? new Map();
  const source = mappingSource(call, progress.route ?? progress.match ?? {}, deps, progress.caller);
  const accept = lastHeader(call.headers, 'accept');
  writeAnswer(response, call, renderGatewayResponse(failure, overrides, { source, accept }));
}

/** By resource, not by path: a path can hold a secret. */
function logCall(
  deps: DataPlaneDependencies,
  response: ServerResponse,
  call: Call,
  { match, route, caller, failure }: Progress,
): void {
  const milliseconds = deps.clock.now() - call.receivedAt;
  const resource = route?.resource.path ?? '(no route)';
  deps.log.detail('gateway', `${call.httpMethod} ${resource} ${response.statusCode} ${milliseconds} ms`);
  if (match !== undefined && deps.cloudWatch !== undefined) {
    const of = { ApiName: match.api.name, Stage: match.stage.name };
    measureApiCall(deps.cloudWatch.put, of, { status: response.statusCode, milliseconds });
  }
  const { context } = mappingSource(call, route ?? match ?? {}, deps, caller);
  const ended: Record<string, string | undefined> = {
    status: String(response.statusCode),
    responseLatency: String(milliseconds),
    'error.message': failure?.message,
    'error.messageString': failure && JSON.stringify(failure.message),
    'error.responseType': failure?.type,
    'error.validationErrorString': failure?.validationErrors,
  };
  const line = match?.stage.accessLog?.((name) => (name in ended ? ended[name] : context(name)));
  if (line !== undefined) deps.log.detail('access log', line);
}

/** On a full disk a key's call can't be counted, so its function isn't run. */
const failureType = (error: unknown) =>
  error instanceof DiskFull ? 'INTEGRATION_FAILURE' : 'API_CONFIGURATION_ERROR';
