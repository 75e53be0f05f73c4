import { badRequest } from '../errors.ts';
import type { OperationAnswer, OperationRequest } from './operation.ts';

const defaultLimit = 25;
const highestLimit = 500;

/** One page of `items`, ordered by the ids they have here, in the service's list shape. @throws BadRequestException */
export function page<T>(
  { query }: Pick<OperationRequest, 'query'>,
  items: readonly { id: string; value: T }[],
): { items: T[]; position?: string } {
  const limit = Number(query.get('limit') ?? defaultLimit);
  if (!Number.isInteger(limit) || limit < 1 || limit > highestLimit) {
    throw badRequest(`Invalid limit: must be between 1 and ${highestLimit}`);
  }
  const after = readPosition(query.get('position'));
  const ordered = items.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const rest = ordered.filter(({ id }) => after === undefined || id > after);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ value }) => value),
    ...(last && rest.length > limit
      ? { position: Buffer.from(`after:${last.id}`).toString('base64url') }
      : {}),
  };
}

export function listAnswer(
  request: Pick<OperationRequest, 'query'>,
  items: readonly { id: string; value: object }[],
): OperationAnswer {
  const { items: item, position } = page(request, items);
  return { status: 200, body: { item, ...(position === undefined ? {} : { position }) } };
}

function readPosition(position: string | null): string | undefined {
  if (position === null || position === '') return undefined;
  const decoded = Buffer.from(position, 'base64url').toString('utf8');
  if (!decoded.startsWith('after:')) throw badRequest('Invalid position parameter');
  return decoded.slice('after:'.length);
}
