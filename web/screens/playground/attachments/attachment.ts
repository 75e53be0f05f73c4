/** A file that goes with a question, as it is sent. */
export interface Attachment {
  id: string;
  kind: 'image' | 'document';
  /** No two in a conversation have the same, so that code can read each from disk. */
  name: string;
  mediaType: string;
  sizeBytes: number;
  base64: string;
  /** Of a picture that was made smaller; undefined for a file that is sent as it was. */
  scaledTo: { width: number; height: number } | undefined;
}

export const dataUrlOf = ({ mediaType, base64 }: Pick<Attachment, 'mediaType' | 'base64'>): string =>
  `data:${mediaType};base64,${base64}`;
