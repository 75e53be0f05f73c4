import type { Operation } from './operation.ts';
import { changeTags, taggedResource } from './tagged-resource.ts';

export const untagResource: Operation = {
  name: 'UntagResource',
  method: 'DELETE',
  path: '/tags/{resourceArn}',
  run(deps, { params, query }) {
    const resource = taggedResource(deps, params.resourceArn);
    const removed = query.getAll('tagKeys');
    const kept = Object.entries(resource.tags).filter(([name]) => !removed.includes(name));
    changeTags(resource, Object.fromEntries(kept));
    return { status: 204 };
  },
};
