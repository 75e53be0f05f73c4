/** Server-sent events as OpenAI's Chat Completions has them: without names, a text last. */
export function unnamedEvents(events: readonly unknown[]): string {
  return events
    .map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`)
    .join('');
}

/** Server-sent events with their types as names. */
export function namedEvents(events: readonly { type: string; [field: string]: unknown }[]): string {
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
}
