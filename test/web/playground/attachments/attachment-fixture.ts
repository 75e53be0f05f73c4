import type { Attachment } from '../../../../web/screens/playground/attachments/attachment.ts';

let count = 0;

/** An attachment as it would be read from a file. */
export function attachmentOf(
  name: string,
  content: string | Buffer,
  more: Partial<Attachment> = {},
): Attachment {
  const bytes = Buffer.from(content);
  count += 1;
  return {
    id: `attachment-${count}`,
    kind: 'document',
    name,
    mediaType: 'text/plain',
    sizeBytes: bytes.length,
    base64: bytes.toString('base64'),
    scaledTo: undefined,
    ...more,
  };
}
