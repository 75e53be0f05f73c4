import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { acting } from '../acting.ts';

type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<unknown>;

/** What `npm run admin` sends. */
export interface OperatorEvent {
  /** What the operator calls themselves, for the audit trail. */
  operator: string;
  method: string;
  /** As the contract has it: `/v1/admin/users/{id}`. */
  resource: string;
  id?: string;
  query?: Record<string, string>;
  body?: unknown;
}

/**
 * Answers operators too. They invoke the function directly, for which IAM must allow them `lambda:InvokeFunction`. No caller of the
 * API can: API Gateway makes the whole event, and none of its fields is named `operator`.
 * @param own what operators alone may call, by its name in place of a path
 */
export function byOperatorToo(
  handler: Handler,
  own: Readonly<Record<string, Handler>> = {},
): (event: unknown, context: Context) => Promise<unknown> {
  return async (event, context) => {
    if (!isOperatorEvent(event)) return handler(event as APIGatewayProxyEvent, context);
    const { operator, ...call } = event;
    const who = {
      as: 'operator',
      actorId: operator.slice(0, 128),
      address: null,
      requestId: context.awsRequestId,
    } as const;
    return acting(who, () => (own[call.resource] ?? handler)(toProxyEvent(call), context));
  };
}

function isOperatorEvent(event: unknown): event is OperatorEvent {
  const { operator, requestContext } = event as { operator?: unknown; requestContext?: unknown };
  return typeof operator === 'string' && requestContext === undefined;
}

function toProxyEvent({ method, resource, id, query, body }: Omit<OperatorEvent, 'operator'>) {
  return {
    httpMethod: method,
    resource,
    path: resource,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    multiValueHeaders: {},
    pathParameters: id === undefined ? null : { id: encodeURIComponent(id) },
    queryStringParameters: query ?? null,
    body: body === undefined ? null : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: { identity: { sourceIp: '0.0.0.0' } },
  } as unknown as APIGatewayProxyEvent;
}
