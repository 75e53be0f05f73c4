import { isLoopbackHost } from '../../../http/loopback-host.ts';
import { GatewayFailure } from '../rest-api/gateway-failures.ts';
import type { RestApi, RestApiDirectory, Stage } from '../rest-api/rest-api.ts';
import type { Call, Route } from './call.ts';
import { matchResource } from './resource-tree.ts';

const executeApi = /^(?<apiId>[a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com(:\d+)?$/;

export interface StageMatch {
  api: RestApi;
  stage: Stage;
  /** Without the stage, as sent. */
  path: string;
}

/** @returns undefined when the host or the first path segment belongs to no API's stage */
export function chooseStage(directory: RestApiDirectory, call: Call): StageMatch | undefined {
  const [, name = '', rest = ''] = /^\/([^/]*)(\/.*)?$/.exec(call.path) ?? [];
  const apiId = executeApi.exec(call.host)?.groups?.apiId;
  if (apiId === undefined && !isLoopbackHost(call.host)) return undefined;
  const api = directory.all().find((each) => each.stages.has(name) && (apiId ?? each.id) === each.id);
  const stage = api?.stages.get(name);
  return api && stage && { api, stage, path: rest === '' ? '/' : rest };
}

/** @throws GatewayFailure for a path or method the stage does not have */
export function chooseRoute({ api, stage, path }: StageMatch, httpMethod: string): Route {
  const match = matchResource(api, path);
  const method = match?.resource.methods.get(httpMethod) ?? match?.resource.methods.get('ANY');
  if (match === undefined || method === undefined) throw new GatewayFailure('MISSING_AUTHENTICATION_TOKEN');
  return { api, stage, resource: match.resource, method, pathParameters: match.pathParameters };
}
