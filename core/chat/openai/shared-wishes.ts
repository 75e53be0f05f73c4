import type { SharedBody } from '../../contract/openai-fields.ts';
import type { ChatRequest } from '../chat.ts';

/** What Chat Completions and Responses ask for under the same names. */
export function toSharedWishes(
  body: SharedBody,
): Pick<ChatRequest, 'model' | 'temperature' | 'topP' | 'serviceTier' | 'metadata'> {
  return {
    model: body.model,
    temperature: body.temperature ?? undefined,
    topP: body.top_p ?? undefined,
    serviceTier: body.service_tier === 'auto' ? undefined : (body.service_tier ?? undefined),
    metadata: metadataOf(body),
  };
}

function metadataOf({ metadata, user, safety_identifier }: SharedBody) {
  const entries = {
    ...metadata,
    ...(typeof user === 'string' && { user }),
    ...(typeof safety_identifier === 'string' && { safety_identifier }),
  };
  return Object.keys(entries).length === 0 ? undefined : entries;
}
