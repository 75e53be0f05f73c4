import type { Attachment } from '../attachments/attachment.ts';

/** A text, and the files that go with it. */
export interface Question {
  text: string;
  attachments: readonly Attachment[];
}

export const emptyQuestion: Question = { text: '', attachments: [] };
