import type { Turn } from './conversation.ts';
import type { Question } from './question/question.ts';
import { TurnView } from './turn-view.tsx';

interface TurnListProps {
  turns: readonly Turn[];
  isBusy: boolean;
  /** Asks the last question again, or another in its place. */
  onAskAgain: (question?: Question) => void;
}

export function TurnList({ turns, isBusy, onAskAgain }: TurnListProps) {
  const last = turns.at(-1);
  return (
    <ol aria-label="Conversation" className="flex flex-col gap-8 pb-6">
      {turns.map((turn) => (
        <TurnView
          key={turn.id}
          turn={turn}
          isBusy={isBusy && turn === last}
          onAskAgain={turn === last ? onAskAgain : undefined}
        />
      ))}
    </ol>
  );
}
