/** A flat map of texts in CBOR (RFC 8949), which is all that an error needs. */
export function cborTexts(texts: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(texts);
  return Buffer.concat([head(0xa0, entries.length), ...entries.flat().map(text)]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([head(0x60, bytes.length), bytes]);
}

/** @param type the major type in the upper three bits */
function head(type: number, length: number): Buffer {
  if (length < 24) return Buffer.from([type | length]);
  const long = Buffer.alloc(5);
  long[0] = type | 26;
  long.writeUInt32BE(length, 1);
  return long;
}
