/** What a stand-in says: no model is behind it. */
export interface Said {
  text: string;
  calls: readonly { name: string; json: string }[];
}

interface Asked {
  provider: string;
  model: string;
  /** The last text of the user. */
  text: string;
  /** Names of the tools on offer. */
  tools: readonly string[];
  /** Whether one must be called: any, or the one of this name. */
  forced: boolean | string;
  /** Whether the answer must be JSON. */
  json: boolean;
}

/** A tool is called where one must be, or where the user names it. */
export function composeAnswer({ provider, model, text, tools, forced, json }: Asked): Said {
  const named = typeof forced === 'string' ? [forced] : tools.filter((tool) => text.includes(tool));
  const called = named.length === 0 && forced === true ? tools.slice(0, 1) : named;
  if (called.length > 0)
    return { text: '', calls: called.map((name) => ({ name, json: '{"query":"Daypass"}' })) };
  if (json) return { text: '{"answer":"Daypass"}', calls: [] };
  return { text: `No model is behind this stand-in for ${provider}; ${model} was asked: ${text}`, calls: [] };
}

/** Pieces of a text as a stream has them, whose sum is the text. */
export function piecesOf(text: string): string[] {
  return text.match(/\s*\S+\s*$|\s*\S+/g) ?? [];
}

/** Roughly what a tokenizer counts. */
export function countTokens(value: unknown): number {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return Math.ceil(text.length / 4);
}

/** The last text that a user wrote, in any of the APIs' shapes of a message. */
export function lastText(messages: unknown): string {
  if (typeof messages === 'string') return messages;
  const list = Array.isArray(messages) ? (messages as { role?: string; content?: unknown }[]) : [];
  const content = list.findLast(({ role }) => role === 'user')?.content;
  if (typeof content === 'string') return content;
  const parts = Array.isArray(content) ? (content as { text?: unknown }[]) : [];
  return parts.flatMap(({ text }) => (typeof text === 'string' ? [text] : [])).join('\n');
}
