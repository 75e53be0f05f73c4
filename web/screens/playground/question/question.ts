import type { Attachment } from '../attachments/attachment.ts';

/** What somebody asks: words, and files that go with them. */
export interface Question {
  text: string;
  attachments: readonly Attachment[];
}

export const emptyQuestion: Question = { text: '', attachments: [] };
