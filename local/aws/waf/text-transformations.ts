import { posix } from 'node:path';
import type { TextTransformations, TransformationType } from './template-properties.ts';

/**
 * How AWS WAF transforms a text before it matches it, from the lowest priority to the highest.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_TextTransformation.html
 */
export function transformed(text: string, transformations: TextTransformations): string {
  return transformations
    .toSorted((one, other) => one.Priority - other.Priority)
    .reduce((result, { Type }) => transformers[Type](result), text);
}

const transformers: Record<TransformationType, (text: string) => string> = {
  NONE: (text) => text,
  LOWERCASE: (text) => text.toLowerCase(),
  URL_DECODE: urlDecoded,
  // Also IIS's form of an escape: %u0069.
  URL_DECODE_UNI: (text) =>
    urlDecoded(text.replace(/%u([0-9a-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))),
  NORMALIZE_PATH: normalizedPath,
  COMPRESS_WHITE_SPACE: (text) => text.replace(/[\f\t\n\r\v\u00a0 ]+/g, ' '),
};

/** Invalid escapes stay as they are. */
function urlDecoded(text: string): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  const decoded = bytes.replace(/%([0-9a-f]{2})/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, 'latin1').toString('utf8');
}

/** Without repeated slashes, `.` and `..`, but for a `..` that the text begins with. */
function normalizedPath(text: string): string {
  return text === '' ? '' : posix.normalize(text);
}
