import type { ResponseItem } from '../../contract/chat/response-request.ts';
import type { ChatPart } from '../chat.ts';

/** Marks the base64 of redacted reasoning. */
const redactedMark = 'redacted:';

/**
 * Reasoning goes back to the model only with the model's signature, which `encrypted_content` carries here; an item
 * without one is left out.
 */
export function toReasoningPart(item: Extract<ResponseItem, { type: 'reasoning' }>): ChatPart[] {
  const proof = item.encrypted_content ?? '';
  if (proof.startsWith(redactedMark)) {
    return [{ type: 'redacted-reasoning', bytes: Buffer.from(proof.slice(redactedMark.length), 'base64') }];
  }
  const text = (item.content ?? []).map((part) => part.text).join('');
  return proof === '' || text === '' ? [] : [{ type: 'reasoning', text, signature: proof }];
}

export function redactedContent(bytes: Uint8Array): string {
  return redactedMark + Buffer.from(bytes).toString('base64');
}
