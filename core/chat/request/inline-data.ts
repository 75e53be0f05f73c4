import { DaypassError } from '../../errors.ts';
import type { DocumentPart, ImagePart } from '../chat.ts';

const documentFormats = new Map<string, DocumentPart['format']>(
  Object.entries({
    'application/pdf': 'pdf',
    'text/csv': 'csv',
    'application/msword': 'doc',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
    'application/vnd.ms-excel': 'xls',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
    'text/html': 'html',
    'text/plain': 'txt',
    'text/markdown': 'md',
  } as const),
);

/**
 * The first bytes decide an image's format, since models refuse one whose declared type is wrong.
 * @throws DaypassError `invalid_request` naming the field
 */
export function toImage(base64: string, param: string): ImagePart {
  const bytes = decodeBase64(base64, param);
  const format = imageFormat(bytes);
  if (format !== undefined) return { type: 'image', format, bytes };
  throw wrong(param, 'must be a PNG, JPEG, GIF or WebP image');
}

/**
 * @param mediaType undefined: the name's extension decides
 * @throws DaypassError `invalid_request` naming the field
 */
export function toDocument(
  mediaType: string | undefined,
  name: string,
  base64: string,
  param: string,
): DocumentPart {
  const ending = /\.([a-z]{2,4})$/i.exec(name)?.[1]?.toLowerCase();
  const byEnding = [...documentFormats.values()].find((candidate) => candidate === ending);
  const format = documentFormats.get(mediaType?.toLowerCase() ?? '') ?? byEnding;
  if (format !== undefined) return { type: 'document', format, name, bytes: decodeBase64(base64, param) };
  throw wrong(param, `must be a document of type ${[...new Set(documentFormats.values())].join(', ')}`);
}

/** @throws DaypassError `invalid_request` naming the field */
export function dataUrlImage(url: string, param: string): ImagePart {
  const data = splitDataUrl(url);
  if (data !== undefined) return toImage(data.base64, param);
  throw wrong(param, 'must be a data URL in base64');
}

/**
 * @param data a data URL, or base64 alone
 * @throws DaypassError `invalid_request` naming the field
 */
export function fileDocument(data: string, fileName: string | undefined, param: string): DocumentPart {
  const parsed = splitDataUrl(data);
  return toDocument(parsed?.mediaType, fileName ?? '', parsed?.base64 ?? data, param);
}

/** Splits `data:image/png;base64,…`; undefined for anything else. */
function splitDataUrl(url: string): { mediaType: string; base64: string } | undefined {
  const comma = url.indexOf(',');
  const [, mediaType] = /^data:([\w.+-]+\/[\w.+-]+)(?:;[\w=.+-]+)*;base64$/i.exec(url.slice(0, comma)) ?? [];
  return mediaType === undefined ? undefined : { mediaType, base64: url.slice(comma + 1) };
}

/** Node's decoder skips characters that aren't base64, which would change what the model sees. */
function decodeBase64(text: string, param: string): Uint8Array {
  const fault = base64Fault(text);
  if (fault !== undefined) throw wrong(param, fault);
  return Buffer.from(text, 'base64');
}

function base64Fault(text: string): string | undefined {
  if (text === '') return 'must not be empty';
  if (text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  if (/\s/.test(text)) return 'must be base64 in one piece, without line breaks or spaces';
  if (/^[\w-]+={0,2}$/.test(text) && /[_-]/.test(text))
    return 'must be base64 with + and /, not the URL-safe kind';
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(text))
    return 'must be whole base64, padded with = to a multiple of 4 characters';
  return 'must be base64';
}

function imageFormat(bytes: Uint8Array): ImagePart['format'] | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\x89PNG')) return 'png';
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('GIF8')) return 'gif';
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'webp' : undefined;
}

function wrong(param: string, text: string): DaypassError {
  return new DaypassError('invalid_request', `${param} ${text}.`, { param });
}
