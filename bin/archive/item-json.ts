import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

/** DynamoDB's own JSON: binary values are base64. */
export function itemToJson(item: Item): Record<string, unknown> {
  return mapValues(item, toJson);
}

export function itemFromJson(json: Record<string, unknown>): Item {
  return mapValues(json as Record<string, Record<string, unknown>>, fromJson);
}

function toJson(value: AttributeValue): Record<string, unknown> {
  if (value.B !== undefined) return { B: Buffer.from(value.B).toString('base64') };
  if (value.BS !== undefined) return { BS: value.BS.map((bytes) => Buffer.from(bytes).toString('base64')) };
  if (value.L !== undefined) return { L: value.L.map(toJson) };
  if (value.M !== undefined) return { M: mapValues(value.M, toJson) };
  return value as unknown as Record<string, unknown>;
}

function fromJson(value: Record<string, unknown>): AttributeValue {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
  if (typeof value.B === 'string') return { B: bytes(value.B) };
  if (Array.isArray(value.BS)) return { BS: value.BS.map(bytes) };
  if (Array.isArray(value.L)) return { L: value.L.map(fromJson) };
  if (typeof value.M === 'object' && value.M !== null)
    return { M: mapValues(value.M as Record<string, Record<string, unknown>>, fromJson) };
  return value as unknown as AttributeValue;
}

function mapValues<From, To>(record: Record<string, From>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
