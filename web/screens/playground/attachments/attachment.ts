/** A file of a question, as it is sent. */
export interface Attachment {
  id: string;
  kind: 'image' | 'document';
  /** Unique in a conversation, so that code can read each file from disk. */
  name: string;
  mediaType: string;
  sizeBytes: number;
  base64: string;
  /** The size of an image that was scaled down; undefined for a file that is sent unchanged. */
  scaledTo: { width: number; height: number } | undefined;
}

export const dataUrlOf = ({ mediaType, base64 }: Pick<Attachment, 'mediaType' | 'base64'>): string =>
  `data:${mediaType};base64,${base64}`;
