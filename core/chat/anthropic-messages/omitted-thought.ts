import type { CountTokensBody } from '../../contract/chat/message-request.ts';
import type { ChatEvent } from '../chat.ts';

/** Before the base64 of the text, a colon and the model's own signature. */
const mark = 'omitted:';

export function omitsThought(thinking: CountTokensBody['thinking']): boolean {
  return (thinking?.type === 'enabled' || thinking?.type === 'adaptive') && thinking.display === 'omitted';
}

/**
 * Leaves the text of reasoning out of an answer. Some models show it whatever is asked for, and take it back only as it was,
 * so it travels in the signature, which clients send back unread.
 */
export function createThoughtOmitter(): (event: ChatEvent) => ChatEvent {
  const texts = new Map<number, string>();
  return (event) => {
    if (event.type === 'reasoning') {
      texts.set(event.part, `${texts.get(event.part) ?? ''}${event.text}`);
      return { ...event, text: '' };
    }
    if (event.type !== 'reasoning-signature') return event;
    const text = texts.get(event.part) ?? '';
    // A signature may come in pieces.
    texts.delete(event.part);
    if (text === '') return event;
    return { ...event, signature: `${mark}${Buffer.from(text).toString('base64')}:${event.signature}` };
  };
}

/** A block of reasoning as the model gave it. */
export function restoreThought(block: { thinking: string; signature: string }) {
  const { thinking: text, signature } = block;
  const end = signature.indexOf(':', mark.length);
  if (text !== '' || !signature.startsWith(mark) || end === -1) return { text, signature };
  return {
    text: Buffer.from(signature.slice(mark.length, end), 'base64').toString(),
    signature: signature.slice(end + 1),
  };
}
