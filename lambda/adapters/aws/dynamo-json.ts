/** Items as DynamoDB writes them in JSON, and as the SDK's document client gives them. */

export type Wire = Record<string, unknown>;

/** Members that are undefined are left out. */
export function toWireItem(item: Readonly<Record<string, unknown>>): Wire {
  const wire: Wire = {};
  for (const name in item) {
    const value = item[name];
    if (value !== undefined) wire[name] = toWire(value);
  }
  return wire;
}

export function fromWireItem(wire: Wire): Record<string, unknown> {
  const item: Record<string, unknown> = {};
  for (const name in wire) item[name] = fromWire(wire[name] as Wire);
  return item;
}

function toWire(value: unknown): Wire {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      if (!Number.isFinite(value)) throw new Error(`DynamoDB has no number ${value}`);
      return { N: String(value) };
    case 'boolean':
      return { BOOL: value };
  }
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.filter((one) => one !== undefined).map(toWire) };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
  if (value instanceof Set) {
    const all = [...value];
    return typeof all[0] === 'number' ? { NS: all.map(String) } : { SS: all };
  }
  return { M: toWireItem(value as Record<string, unknown>) };
}

function fromWire(wire: Wire): unknown {
  if (wire.S !== undefined) return wire.S;
  if (wire.N !== undefined) return Number(wire.N);
  if (wire.M !== undefined) return fromWireItem(wire.M as Wire);
  if (wire.L !== undefined) return (wire.L as Wire[]).map(fromWire);
  if (wire.BOOL !== undefined) return wire.BOOL;
  if (wire.SS !== undefined) return new Set(wire.SS as string[]);
  if (wire.NS !== undefined) return new Set((wire.NS as string[]).map(Number));
  if (wire.NULL !== undefined) return null;
  // The SDK has decoded it already.
  if (typeof wire.B !== 'string') return wire.B;
  return new Uint8Array(Buffer.from(wire.B, 'base64'));
}
