import type { JsonObject } from '../../json-fields.ts';
import type { Maker } from './maker.ts';
import { sampleOf } from './sample-pattern.ts';

const examples = new Map<unknown, (ordinal: number) => string>(
  Object.entries({
    date: (ordinal: number) => `2026-01-${String(1 + (ordinal % 28)).padStart(2, '0')}`,
    'date-time': (ordinal: number) => `2026-01-${String(1 + (ordinal % 28)).padStart(2, '0')}T12:00:00Z`,
    time: (ordinal: number) => `12:${String(ordinal % 60).padStart(2, '0')}:00Z`,
    duration: (ordinal: number) => `P${1 + ordinal}D`,
    email: (ordinal: number) => `person${1 + ordinal}@example.com`,
    'idn-email': (ordinal: number) => `person${1 + ordinal}@example.com`,
    hostname: (ordinal: number) => `host${1 + ordinal}.example.com`,
    'idn-hostname': (ordinal: number) => `host${1 + ordinal}.example.com`,
    ipv4: (ordinal: number) => `192.0.2.${1 + (ordinal % 254)}`,
    ipv6: (ordinal: number) => `2001:db8::${1 + ordinal}`,
    uri: (ordinal: number) => `https://example.com/${1 + ordinal}`,
    url: (ordinal: number) => `https://example.com/${1 + ordinal}`,
    iri: (ordinal: number) => `https://example.com/${1 + ordinal}`,
    'uri-reference': (ordinal: number) => `/${1 + ordinal}`,
    uuid: (ordinal: number) => `00000000-0000-4000-8000-${String(1 + ordinal).padStart(12, '0')}`,
    regex: (ordinal: number) => `a{${1 + ordinal}}`,
    'json-pointer': (ordinal: number) => `/${1 + ordinal}`,
  }),
);

export function makeString(schema: JsonObject, { name, ordinal }: Pick<Maker, 'name' | 'ordinal'>): string {
  const least = typeof schema.minLength === 'number' ? schema.minLength : 0;
  const most = typeof schema.maxLength === 'number' ? schema.maxLength : Number.POSITIVE_INFINITY;
  if (typeof schema.pattern === 'string') {
    const sample = sampleOf(schema.pattern, { least, most });
    if (sample !== undefined) return sample;
  }
  const example = examples.get(schema.format)?.(ordinal);
  if (example !== undefined) return example;
  const number = ordinal === 0 ? '' : ` ${ordinal + 1}`;
  const text = `${name} é${number}`;
  const padded = [...text.padEnd(least, '·')];
  // Texts differ at the end, so long ones are cut at the start.
  return padded.length <= most ? padded.join('') : padded.slice(padded.length - most).join('');
}
