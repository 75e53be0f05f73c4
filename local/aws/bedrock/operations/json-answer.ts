import type { AwsResponse } from '../../service.ts';
import { bytesAsBase64 } from '../stream/event-frames.ts';

export const jsonAnswer = (members: object): AwsResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(members, bytesAsBase64),
});
