import type { Attachment } from './attachment.ts';

type AttachmentType = Pick<Attachment, 'kind' | 'mediaType'>;

/** By file extension: browsers know no type for some of them. */
const documentTypes = new Map([
  ['pdf', 'application/pdf'],
  ['txt', 'text/plain'],
  ['md', 'text/markdown'],
  ['csv', 'text/csv'],
  ['html', 'text/html'],
  ['doc', 'application/msword'],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xls', 'application/vnd.ms-excel'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
]);

/** By the first bytes, as the API does; `.` matches any. */
const imageTypes = new Map([
  ['image/png', /^\x89PNG/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8/],
  ['image/webp', /^RIFF.{4}WEBP/s],
]);

/** Enough bytes to recognise an image. */
export const headBytes = 12;

/** How many images the API takes in one question, and documents in a whole conversation. */
export const mostOf: Readonly<Record<Attachment['kind'], number>> = { image: 20, document: 5 };

export const documentEndings: readonly string[] = [...documentTypes.keys()];

/** For the `accept` of a file input. With it, phones hand over their photos as JPEG. */
export const acceptedFiles = [...imageTypes.keys(), ...documentEndings.map((ending) => `.${ending}`)].join(
  ',',
);

/** @returns undefined for what no model takes */
export function attachmentType(
  file: Pick<File, 'name' | 'type'>,
  head: Uint8Array,
): AttachmentType | undefined {
  const ofName = documentTypes.get(/\.([a-z]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? '');
  if (ofName !== undefined) return { kind: 'document', mediaType: ofName };
  const text = String.fromCharCode(...head.subarray(0, headBytes));
  for (const [mediaType, form] of imageTypes) if (form.test(text)) return { kind: 'image', mediaType };
  const ofBrowser = file.type.split(';')[0] ?? '';
  const isKnown = [...documentTypes.values()].includes(ofBrowser);
  return isKnown ? { kind: 'document', mediaType: ofBrowser } : undefined;
}
