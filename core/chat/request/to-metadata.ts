/** What Bedrock takes as metadata of a request (API reference, `requestMetadata`). */
const most = { entries: 16, characters: 256 };

/**
 * Entries for the provider's logs, in the characters and the length that they take.
 * @param first entries that are kept when there are too many
 */
export function toMetadata(
  first: Readonly<Record<string, string | null | undefined>>,
  others: Readonly<Record<string, string>> = {},
): { metadata?: Record<string, string>; ignored?: string[] } {
  const given = [...Object.entries(first), ...Object.entries(others)];
  const entries = new Map<string, string>();
  let left = 0;
  for (const [name, value] of given) {
    if (typeof value !== 'string') continue;
    const key = toPlain(name) || '_';
    if (entries.has(key) || entries.size === most.entries) left += 1;
    else entries.set(key, toPlain(value));
  }
  return {
    ...(entries.size > 0 && { metadata: Object.fromEntries(entries) }),
    ...(left > 0 && { ignored: ['metadata'] }),
  };
}

function toPlain(text: string): string {
  return text.slice(0, most.characters).replace(/[^a-zA-Z0-9\s:_@$#=/+,.-]/g, '_');
}
