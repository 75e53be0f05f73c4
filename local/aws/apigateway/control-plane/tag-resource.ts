import { z } from 'zod';
import type { Operation } from './operation.ts';
import { readBody, tags } from './read-body.ts';
import { changeTags, taggedResource } from './tagged-resource.ts';

const input = z.object({ tags });

export const tagResource: Operation = {
  name: 'TagResource',
  method: 'PUT',
  path: '/tags/{resourceArn}',
  run(deps, { params, body }) {
    const resource = taggedResource(deps, params.resourceArn);
    changeTags(resource, { ...resource.tags, ...readBody(input, body).tags });
    return { status: 204 };
  },
};
