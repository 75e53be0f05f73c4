import type { Attachment } from '../attachments/attachment.ts';

/** What a tool gave for a call of the model, as the user typed it. */
export interface ToolResult {
  callId: string;
  name: string;
  text: string;
}

/** A text and the files that go with it, or the results of the tools that the answer before called. */
export interface Question {
  text: string;
  attachments: readonly Attachment[];
  results?: readonly ToolResult[];
}

export const emptyQuestion: Question = { text: '', attachments: [] };
