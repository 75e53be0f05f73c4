import { badRequest, notFound } from '../errors.ts';
import type { OperationDependencies } from './operation.ts';

type Tags = Readonly<Record<string, string>>;

interface Tagged {
  tags: Tags;
  /** Absent where the template alone decides. */
  change?: (tags: Record<string, string>) => void;
}

/** What an ARN like `arn:aws:apigateway:us-east-1::/apikeys/abc` names. @throws AwsError */
export function taggedResource(
  { records, directory }: Pick<OperationDependencies, 'records' | 'directory'>,
  arn = '',
): Tagged {
  const [, kind, id = '', stageName] =
    /^arn:[\w-]+:apigateway:[\w-]*::\/(apikeys|usageplans|restapis)\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(
      arn,
    ) ?? [];
  if (kind === undefined) throw badRequest(`Invalid resource ARN: ${arn}`);
  const key = kind === 'apikeys' ? records.keys.get(id) : undefined;
  if (key) return { tags: key.tags, change: (tags) => records.keys.put(id, { ...key, tags }) };
  const plan = kind === 'usageplans' ? records.plans.get(id) : undefined;
  if (plan) return { tags: plan.tags, change: (tags) => records.plans.put(id, { ...plan, tags }) };
  const api = kind === 'restapis' ? directory.find(id) : undefined;
  const found = stageName === undefined ? api : api?.stages.get(stageName);
  if (found === undefined) throw notFound(`Resource not found: ${arn}`);
  return { tags: found.tags };
}

/** @throws BadRequestException for resources whose tags come from the template */
export function changeTags(resource: Tagged, tags: Record<string, string>): void {
  if (resource.change === undefined) {
    throw badRequest('The local API Gateway takes the tags of REST APIs and stages from the template only');
  }
  resource.change(tags);
}
