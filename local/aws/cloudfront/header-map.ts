/** HTTP headers by lower-case name, every value kept apart (`set-cookie`). */
export type HeaderMap = Map<string, string[]>;

/** @param raw as Node gives them: name, value, name, value */
export function fromRawHeaders(raw: readonly string[]): HeaderMap {
  const headers: HeaderMap = new Map();
  for (let index = 0; index + 1 < raw.length; index += 2)
    append(headers, raw[index] ?? '', raw[index + 1] ?? '');
  return headers;
}

export function toRawHeaders(headers: HeaderMap): string[] {
  return [...headers].flatMap(([name, values]) => values.flatMap((value) => [name, value]));
}

export function fromRecord(record: Readonly<Record<string, string>>): HeaderMap {
  return new Map(Object.entries(record).map(([name, value]) => [name.toLowerCase(), [value]]));
}

export function append(headers: HeaderMap, name: string, value: string): void {
  const key = name.toLowerCase();
  const values = headers.get(key);
  if (values === undefined) headers.set(key, [value]);
  else values.push(value);
}

/** All values of a header as one list, as RFC 9110 lets them be joined. */
export function joined(headers: HeaderMap, name: string): string | undefined {
  return headers.get(name)?.join(name === 'cookie' ? '; ' : ', ');
}

const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Headers that speak of one connection only, those `Connection` names included, must not be passed on. */
export function withoutHopByHop(headers: HeaderMap): HeaderMap {
  const named = (joined(headers, 'connection') ?? '').split(',').map((name) => name.trim().toLowerCase());
  const dropped = new Set([...hopByHop, ...named]);
  return new Map([...headers].filter(([name]) => !dropped.has(name)));
}
