import type { DocumentBlock } from '../request/content.ts';

const textFormats: ReadonlySet<string> = new Set(['txt', 'md', 'csv', 'html']);

/** The text of a document whose format is text; undefined for PDF, Office files and what lies in S3. */
export function documentText({ bytes, format, text }: DocumentBlock): string | undefined {
  if (text !== undefined) return text;
  if (bytes === undefined || !textFormats.has(format)) return undefined;
  return Buffer.from(bytes).toString('utf8');
}
