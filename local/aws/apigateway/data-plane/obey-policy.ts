import { GatewayFailure } from '../rest-api/gateway-failures.ts';
import { lets } from '../rest-api/resource-policy.ts';
import { type Call, lastHeader, type Route } from './call.ts';

/** A stage without a policy is open. @throws GatewayFailure when the deployed policy does not let the call through */
export function obeyPolicy(
  deps: { region: string; accountId: string },
  call: Call,
  { api, stage, method }: Route,
): void {
  const { policy } = stage;
  if (policy === undefined || lets(policy, (name) => lastHeader(call.headers, name))) return;
  const account = `********${deps.accountId.slice(-4)}`;
  const path = call.path.slice(`/${stage.name}`.length);
  const resource = `arn:aws:execute-api:${deps.region}:${account}:${api.id}/${stage.name}/${method.httpMethod}${path}`;
  throw new GatewayFailure('ACCESS_DENIED', {
    message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${resource}`,
  });
}
