import { createHash, createHmac } from 'node:crypto';
import * as querystring from 'node:querystring';

/** The modules of runtime 2.0, in the part of them that CloudFront documents. */
const modules: Readonly<Record<string, unknown>> = {
  crypto: {
    createHash: (algorithm: string) => createHash(supported(algorithm)),
    createHmac: (algorithm: string, key: string | Buffer) => createHmac(supported(algorithm), key),
  },
  querystring: {
    escape: querystring.escape,
    unescape: querystring.unescape,
    parse: querystring.parse,
    stringify: querystring.stringify,
    decode: querystring.parse,
    encode: querystring.stringify,
  },
};

/** Everything a CloudFront function finds besides the language itself. */
export function sandboxGlobals(log: (message: string) => void): Record<string, unknown> {
  const write = (...values: unknown[]) => log(values.map(asText).join(' '));
  return {
    console: { log: write, error: write, warn: write, info: write, debug: write },
    Buffer,
    atob,
    btoa,
    TextEncoder,
    TextDecoder,
    require(name: string): unknown {
      if (Object.hasOwn(modules, name)) return modules[name];
      throw new Error(`module ${name} is not supported`);
    },
  };
}

function supported(algorithm: string): string {
  if (['md5', 'sha1', 'sha256'].includes(algorithm)) return algorithm;
  throw new Error(`${algorithm} is not one of md5, sha1, sha256`);
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
