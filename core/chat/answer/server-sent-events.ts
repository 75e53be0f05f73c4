/** One server-sent event with JSON data, ready for the wire. JSON text has no raw line breaks. */
export function sseEvent(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/** The same with the event's name, its data's `type`, on a line of its own. */
export function sseNamedEvent(data: { type: string }): string {
  return `event: ${data.type}\n${sseEvent(data)}`;
}

/** OpenAI's terminator. */
export const sseDone = 'data: [DONE]\n\n';

/** A comment: it keeps idle connections open, and clients skip it. */
export const sseHeartbeat = ': keep-alive\n\n';
