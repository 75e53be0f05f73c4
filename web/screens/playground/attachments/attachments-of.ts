import type { Turn } from '../conversation.ts';
import type { Question } from '../question/question.ts';
import type { Attachment } from './attachment.ts';

/** Every file of a conversation and of the question that follows, oldest first. */
export const attachmentsOf = (turns: readonly Turn[], question?: Question): readonly Attachment[] =>
  [...turns.map((turn) => turn.question), ...(question ? [question] : [])].flatMap(
    ({ attachments }) => attachments,
  );
