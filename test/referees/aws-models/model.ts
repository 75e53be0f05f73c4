import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The parts of AWS's description of a service that answers can be held against. */
export interface Model {
  metadata: { protocol: string; targetPrefix?: string };
  operations: Record<string, Operation>;
  shapes: Record<string, Shape>;
}

export interface Operation {
  name: string;
  http: { method: string; requestUri: string };
  output?: { shape: string };
  errors?: { shape: string }[];
}

export interface Shape {
  type: string;
  members?: Record<string, Member>;
  required?: string[];
  member?: Member;
  value?: Member;
  enum?: string[];
  payload?: string;
  exception?: boolean;
  error?: { code?: string; httpStatusCode?: number };
  fault?: boolean;
}

export interface Member {
  shape: string;
  location?: string;
  locationName?: string;
}

/** @param data the folder `data` of botocore @param service as its clients name it */
export function readModel(data: string, service: string): Model {
  const newest = readdirSync(join(data, service)).toSorted().at(-1) ?? '';
  const zipped = readFileSync(join(data, service, newest, 'service-2.json.gz'));
  return JSON.parse(gunzipSync(zipped).toString()) as Model;
}

/** By its target, or by method and path where the protocol has those. */
export function operationOf(
  model: Model,
  { target, method, url }: { target?: string | undefined; method: string; url: string },
): Operation | undefined {
  if (target !== undefined) return model.operations[target.slice(target.indexOf('.') + 1)];
  const path = url.split('?', 1)[0] ?? url;
  const fitting = Object.values(model.operations).filter(
    ({ http }) => http.method === method && pattern(http.requestUri).test(path),
  );
  // The one with the most words of its own: `/apikeys` and `/apikeys?mode=import` differ by their query alone.
  return fitting.toSorted((one, other) => rank(other, url) - rank(one, url))[0];
}

function pattern(requestUri: string): RegExp {
  const [path = ''] = requestUri.split('?');
  const escaped = path.replaceAll(/[.*$^()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll(/\{[^}]+\+\}/g, '.+').replaceAll(/\{[^}]+\}/g, '[^/]+')}/?$`);
}

function rank({ http: { requestUri } }: Operation, url: string): number {
  const [path = '', query] = requestUri.split('?');
  if (query !== undefined && !url.includes(query)) return -1;
  return path.split('/').filter((part) => !part.startsWith('{')).length * 2 + (query === undefined ? 0 : 1);
}
