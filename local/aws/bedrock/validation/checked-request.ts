import type { ModelTraits } from '../models/model-traits.ts';
import type { ConverseRequest } from '../request/converse-request.ts';

/** What is asked for: an answer, whole or streamed, or only how many tokens the request has. */
export type RequestMode = 'whole' | 'stream' | 'count';

/** What the rules look at. */
export interface CheckedRequest extends ConverseRequest {
  traits: ModelTraits;
  mode: RequestMode;
}
