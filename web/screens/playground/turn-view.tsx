import { memo } from 'react';
import { AnswerView } from './answer/answer-view.tsx';
import type { Turn } from './conversation.ts';
import type { Question } from './question/question.ts';
import { QuestionView } from './question/question-view.tsx';

interface TurnViewProps {
  turn: Turn;
  isBusy: boolean;
  /** For the last turn only. */
  onAskAgain: ((question?: Question) => void) | undefined;
}

/** Memoised: finished turns are not rendered again while the last one streams. */
export const TurnView = memo(function TurnView({ turn, isBusy, onAskAgain }: TurnViewProps) {
  return (
    <li className="flex flex-col gap-5">
      <QuestionView question={turn.question} isBusy={isBusy} onEdit={onAskAgain} />
      <AnswerView answer={turn.answer} onAgain={onAskAgain} />
    </li>
  );
});
