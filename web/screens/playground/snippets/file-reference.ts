import type { Attachment } from '../attachments/attachment.ts';

/** Stands for a file in code, which reads it from the folder it runs in. */
export interface FileReference {
  readFrom: string;
  mediaType: string;
}

export const referenceTo = ({ name, mediaType }: Attachment): FileReference => ({
  readFrom: name,
  mediaType,
});

/** Nothing else in a call has this field: user input is strings only. */
export const isFileReference = (value: unknown): value is FileReference =>
  typeof value === 'object' && value !== null && 'readFrom' in value;
