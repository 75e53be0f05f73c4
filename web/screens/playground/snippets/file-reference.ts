import type { Attachment } from '../attachments/attachment.ts';

/** What stands for a file in code: it is read from the folder where the code runs. */
export interface FileReference {
  readFrom: string;
  mediaType: string;
}

export const referenceTo = ({ name, mediaType }: Attachment): FileReference => ({
  readFrom: name,
  mediaType,
});

/** Of all that stands in a call: what people write are strings. */
export const isFileReference = (value: unknown): value is FileReference =>
  typeof value === 'object' && value !== null && 'readFrom' in value;
