import type { Operation } from './operation.ts';
import { taggedResource } from './tagged-resource.ts';

export const getTags: Operation = {
  name: 'GetTags',
  method: 'GET',
  path: '/tags/{resourceArn}',
  run: (deps, { params }) => ({ status: 200, body: { tags: taggedResource(deps, params.resourceArn).tags } }),
};
