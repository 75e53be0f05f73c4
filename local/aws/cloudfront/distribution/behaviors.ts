import type { Origin } from '../edge-request.ts';
import type { ViewerFunction } from '../functions/viewer-function.ts';
import type { Behavior, Distribution } from './distribution.ts';
import {
  type ForwardingPolicy,
  managedCachePolicies,
  managedOriginRequestPolicies,
} from './managed-policies.ts';
import { compilePathPattern } from './path-pattern.ts';
import type { ResponseHeadersPolicy } from './response-headers-policy.ts';

/** What a distribution refers to by id or ARN. */
export interface EdgeResources {
  readonly functions: ReadonlyMap<string, ViewerFunction>;
  readonly responseHeadersPolicies: ReadonlyMap<string, ResponseHeadersPolicy>;
}

/** One cache behaviour, with what it refers to by id looked up. */
export interface Route {
  matches(path: string): boolean;
  readonly allowedMethods: ReadonlySet<string>;
  readonly origin: Origin;
  /** Cache policy and origin request policy: what either selects goes to the origin. */
  readonly forwarding: readonly ForwardingPolicy[];
  readonly encodings: ForwardingPolicy['encodings'];
  readonly responseHeaders: ResponseHeadersPolicy | undefined;
  readonly viewerRequest: ViewerFunction | undefined;
  readonly viewerResponse: ViewerFunction | undefined;
}

/** The behaviours in the order they are tried; the last one, the default, takes any path. */
export function createRoutes(
  { configuration }: Distribution,
  resources: EdgeResources,
  origins: ReadonlyMap<string, Origin>,
): { route(path: string): Route } {
  const fallback = createRoute(configuration.DefaultCacheBehavior, '*', resources, origins);
  const routes = configuration.CacheBehaviors.map((behavior) =>
    createRoute(behavior, behavior.PathPattern, resources, origins),
  );
  return { route: (path) => routes.find(({ matches }) => matches(path)) ?? fallback };
}

function createRoute(
  behavior: Behavior,
  pattern: string,
  resources: EdgeResources,
  origins: ReadonlyMap<string, Origin>,
): Route {
  const find = <T>(what: string, id: string | undefined, among: ReadonlyMap<string, T>): T | undefined => {
    if (id === undefined) return undefined;
    const found = among.get(id);
    if (found === undefined)
      throw new Error(`Behaviour ${pattern}: ${what} ${id} is not supported or doesn't exist.`);
    return found;
  };
  const functionFor = (eventType: string) =>
    find(
      'function',
      behavior.FunctionAssociations.find((association) => association.EventType === eventType)?.FunctionARN,
      resources.functions,
    );
  const origin = find('origin', behavior.TargetOriginId, origins);
  if (origin === undefined) throw new Error(`Behaviour ${pattern} has no origin.`);
  const cache = find('cache policy', behavior.CachePolicyId, managedCachePolicies);
  const request = find('origin request policy', behavior.OriginRequestPolicyId, managedOriginRequestPolicies);
  return {
    matches: compilePathPattern(pattern),
    allowedMethods: new Set(behavior.AllowedMethods),
    origin,
    forwarding: [cache, request].filter((policy) => policy !== undefined),
    encodings: behavior.Compress ? (cache?.encodings ?? []) : [],
    responseHeaders: find(
      'response headers policy',
      behavior.ResponseHeadersPolicyId,
      resources.responseHeadersPolicies,
    ),
    viewerRequest: functionFor('viewer-request'),
    viewerResponse: functionFor('viewer-response'),
  };
}
