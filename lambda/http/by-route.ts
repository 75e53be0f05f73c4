import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { RouteContract } from '../../core/contract/route-contract.ts';

type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<unknown>;

/** `POST /v1/secrets`, as the contract has it. */
type RouteName<Route> = Route extends { method: infer Method extends string; path: infer Path extends string }
  ? `${Uppercase<Method>} ${Path}`
  : never;

/**
 * One function for several routes, which share its role. API Gateway has matched the path already and says which route it
 * was.
 * @typeParam Routes a part of the contract; each of its routes must have a handler. As a type alone, so that none of its
 *   schemas is bundled
 */
export function byRoute<Routes extends Record<string, RouteContract>>(
  handlers: Record<RouteName<Routes[keyof Routes]>, Handler>,
): Handler {
  const byName = new Map<string, Handler>(Object.entries(handlers));
  return async (event, context) => {
    const name = `${event.httpMethod} ${event.resource}`;
    const handler = byName.get(name);
    // The template leads here what the contract does not have: the call fails, as an uncaught error.
    if (handler === undefined) throw new Error(`No handler for ${name}`);
    return handler(event, context);
  };
}
