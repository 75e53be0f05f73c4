import type { ModelTraits } from '../models/model-traits.ts';
import type { ConverseRequest } from '../request/converse-request.ts';

/** A whole answer, a streamed one, or only the number of tokens. */
export type RequestMode = 'whole' | 'stream' | 'count';

/** What the rules check. */
export interface CheckedRequest extends ConverseRequest {
  traits: ModelTraits;
  mode: RequestMode;
}
