import { jsonError } from '../../json-error.ts';
import { AwsError, type AwsRequest, type AwsResponse, type AwsService } from '../../service.ts';
import { badRequest } from '../errors.ts';
import type { TokenBuckets } from '../token-bucket.ts';
import type { Operation, OperationDependencies } from './operation.ts';
import { operations } from './operations.ts';
import { limitRate } from './rate-limits.ts';

/** API Gateway's control plane for REST APIs, as the SDKs and the AWS CLI speak it. */
export function createApiGatewayService(
  deps: OperationDependencies & { buckets: TokenBuckets; controlPlaneLimits: boolean },
): AwsService {
  return {
    signingName: 'apigateway',
    operationName: (request) => findOperation(request)?.operation.name,
    async handle(request) {
      try {
        const found = findOperation(request);
        if (found === undefined) throw unsupported(request);
        if (deps.controlPlaneLimits) limitRate(deps.buckets, found.operation.name);
        const { params } = found;
        const { status, body } = found.operation.run(deps, {
          params,
          query: request.query,
          body: parse(request.body),
        });
        return answer(status, body);
      } catch (error) {
        if (error instanceof AwsError) return jsonError(error);
        throw error;
      }
    },
  };
}

const answer = (status: number, body: object | undefined): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: body === undefined ? '' : JSON.stringify(body),
});

function findOperation({ method, path }: Pick<AwsRequest, 'method' | 'path'>) {
  const segments = path.replace(/\/$/, '').split('/');
  for (const operation of operations) {
    const params = operation.method === method ? match(operation, segments) : undefined;
    if (params !== undefined) return { operation, params };
  }
  return undefined;
}

function match(operation: Operation, segments: readonly string[]): Record<string, string> | undefined {
  const pattern = operation.path.split('/');
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    const label = /^\{(\w+)\}$/.exec(part)?.[1];
    if (label !== undefined && segment !== '') params[label] = decode(segment);
    else if (part !== segment) return undefined;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function parse(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw badRequest('Invalid request body: not JSON');
  }
}

const unsupported = ({ method, path }: AwsRequest): AwsError =>
  new AwsError(
    'UnknownOperationException',
    `${method} ${path.replace(/\/$/, '')} is not supported by the local API Gateway. It has: ${operations.map(({ name }) => name).join(', ')}.`,
    404,
  );
