import type { ResponseItem } from '../../contract/chat/response-request.ts';
import type { ChatPart } from '../chat.ts';

/** Marks the base64 of redacted reasoning. */
const redactedMark = 'redacted:';
/** Marks the base64 of reasoning with its signature. */
const signedMark = 'signed:';

/**
 * Reasoning goes back to the model only with the model's signature. `encrypted_content` carries both here, since clients
 * leave `content` out; in older conversations it is the signature alone. An item without one is left out.
 */
export function toReasoningPart(item: Extract<ResponseItem, { type: 'reasoning' }>): ChatPart[] {
  const proof = item.encrypted_content ?? '';
  if (proof.startsWith(redactedMark)) {
    return [{ type: 'redacted-reasoning', bytes: Buffer.from(proof.slice(redactedMark.length), 'base64') }];
  }
  if (proof.startsWith(signedMark)) return readSigned(proof.slice(signedMark.length));
  const text = (item.content ?? []).map((part) => part.text).join('');
  return proof === '' || text === '' ? [] : [{ type: 'reasoning', text, signature: proof }];
}

export function redactedContent(bytes: Uint8Array): string {
  return redactedMark + Buffer.from(bytes).toString('base64');
}

export function signedContent(text: string, signature: string): string {
  return signedMark + Buffer.from(JSON.stringify([text, signature])).toString('base64');
}

/** Nothing for what we didn't write. */
function readSigned(base64: string): ChatPart[] {
  try {
    const [text, signature]: unknown[] = JSON.parse(Buffer.from(base64, 'base64').toString());
    if (typeof text !== 'string' || typeof signature !== 'string' || signature === '') return [];
    return [{ type: 'reasoning', text, signature }];
  } catch {
    return [];
  }
}
