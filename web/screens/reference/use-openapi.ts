import { useQuery } from '@tanstack/react-query';
import { request } from '../../fetch-or-throw.ts';
import type { OpenApiDocument } from './openapi.ts';
import { operationsOf, schemasOf } from './operations.ts';

export const openApiPath = '/v1/openapi.json';

/** The document as this deployment serves it. */
export function useOpenApi() {
  return useQuery({
    queryKey: ['reference', 'openapi'],
    queryFn: async ({ signal }) => {
      const response = await request(fetch, openApiPath, { signal });
      const document = (await response.json()) as OpenApiDocument;
      return { operations: operationsOf(document), schemas: schemasOf(document) };
    },
    staleTime: 5 * 60_000,
  });
}
