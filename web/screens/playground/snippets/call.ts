import type { ChatBody } from '../question/chat-body.ts';
import type { FileReference } from './file-reference.ts';

export interface Call {
  /** This page's, which is the API's too. */
  origin: string;
  /** The secret, or a placeholder. */
  key: string;
  body: ChatBody<FileReference>;
}
