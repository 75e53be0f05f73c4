import { notFound } from '../errors.ts';
import type { Resource, RestApi } from '../rest-api/rest-api.ts';
import type { OperationDependencies, OperationRequest } from './operation.ts';

type Deps = Pick<OperationDependencies, 'directory' | 'accountId'>;

/** The API of `{restApiId}`. @throws NotFoundException */
export function requireApi({ directory, accountId }: Deps, { params }: OperationRequest): RestApi {
  const id = params.restApiId ?? '';
  const api = directory.find(id);
  if (api === undefined) throw notFound(`Invalid API identifier specified ${accountId}:${id}`);
  return api;
}

/** The resource of `{resourceId}`. @throws NotFoundException */
export function requireResource(deps: Deps, request: OperationRequest): Resource {
  return requirePart(requireApi(deps, request).resources, request.params.resourceId, 'Resource identifier');
}

/** @param noun as AWS's message has it: `Invalid Resource identifier specified` */
export function requirePart<T>(parts: ReadonlyMap<string, T>, id: string | undefined, noun: string): T {
  const part = parts.get(id ?? '');
  if (part === undefined) throw notFound(`Invalid ${noun} specified`);
  return part;
}

export const listed = <T>(parts: ReadonlyMap<string, T>, toWire: (part: T) => object) =>
  [...parts].map(([id, part]) => ({ id, value: toWire(part) }));
