import { ApiError, type ApiErrorDetails, type ApiErrorKind } from '../../../api-error.ts';
import type { Conversation } from '../conversation.ts';

/** Another form of what is stored gets another number, and chats of an older form are left alone. */
const form = 1;

/** A conversation as a database of the browser takes it: without classes. */
export interface StoredChat {
  userId: string;
  id: string;
  form: number;
  chat: unknown;
}

interface StoredError {
  kind: ApiErrorKind;
  message: string;
  details: ApiErrorDetails;
}

export const toStored = (userId: string, chat: Conversation): StoredChat => ({
  userId,
  id: chat.id,
  form,
  chat: withErrors(chat, (error) => {
    if (!(error instanceof ApiError)) return undefined;
    const { kind, message, code, status, requestId, retryAfterSeconds, rateLimits } = error;
    return { kind, message, details: { code, status, requestId, retryAfterSeconds, rateLimits } };
  }),
});

/** Undefined for what another version of the console has stored. */
export function fromStored(stored: StoredChat): Conversation | undefined {
  if (stored.form !== form) return undefined;
  return withErrors(stored.chat as Conversation, (error) => {
    if (error === undefined) return undefined;
    const { kind, message, details } = error as StoredError;
    return new ApiError(kind, message, details);
  });
}

function withErrors(chat: Conversation, change: (error: unknown) => unknown): Conversation {
  return {
    ...chat,
    turns: chat.turns.map((turn) => ({
      ...turn,
      answer: { ...turn.answer, error: change(turn.answer.error) },
    })),
  };
}
