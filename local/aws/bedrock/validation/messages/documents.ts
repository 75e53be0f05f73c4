import { invalid, refusedByModel } from '../../errors.ts';
import type { DocumentBlock } from '../../request/content.ts';
import type { CheckedRequest } from '../checked-request.ts';
import { documentsIn } from './media-blocks.ts';

/** Of all turns together: https://github.com/strands-agents/harness-sdk/issues/1861 */
const documentsLimit = 5;
const documentLimitBytes = 4.5 * 1024 * 1024;

/** Underscores are undocumented but accepted; white space other than a plain space is not. */
const namePattern = /^(?!.* {2})[a-zA-Z0-9 ()[\]_-]{1,200}$/;

export function validateDocuments({ messages }: Pick<CheckedRequest, 'messages'>): void {
  for (const message of messages) {
    const holdsDocument = message.content.some(({ kind }) => kind === 'document');
    if (holdsDocument && !message.content.some(({ kind }) => kind === 'text')) {
      throw invalid('A text block must be included when using documents.');
    }
  }
  if (documentsIn(messages).length > documentsLimit) {
    throw invalid(`You can't include more than ${documentsLimit} documents in a request.`);
  }
  const names = new Set<string>();
  for (const { block, path } of documentsIn(messages)) {
    validateDocument(block, path);
    if (names.has(block.name)) {
      throw invalid(
        "Messages can't contain duplicate document names. Rename the document and retry your request.",
      );
    }
    names.add(block.name);
  }
}

function validateDocument(document: DocumentBlock, path: string): void {
  if (!namePattern.test(document.name)) {
    throw invalid(
      "The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. The name can't contain more than one consecutive whitespace character. Check that the file name conforms to these restrictions and retry your request.",
    );
  }
  const { bytes, format } = document;
  if (bytes === undefined) return;
  if (bytes.length === 0) throw invalid(`The document at ${path} is empty.`);
  if (bytes.length > documentLimitBytes) {
    throw invalid(`The document at ${path} is larger than the limit of 4.5 MB.`);
  }
  if (!beginsAs(format, bytes)) {
    throw refusedByModel(
      format === 'pdf'
        ? 'The PDF specified was not valid.'
        : `The ${format} document at ${path} was not valid.`,
    );
  }
}

/** First bytes by format; text has none. */
const beginnings: Readonly<Record<string, string>> = {
  pdf: '%PDF-',
  docx: 'PK',
  xlsx: 'PK',
  doc: '\xd0\xcf\x11\xe0',
  xls: '\xd0\xcf\x11\xe0',
};

const beginsAs = (format: string, bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 5))
    .toString('latin1')
    .startsWith(beginnings[format] ?? '');
