import { clsx } from 'clsx';
import { memo, startTransition, useEffect, useState } from 'react';
import { t } from '../../language/t.ts';
import { AnswerView } from './answer/answer-view.tsx';
import type { Turn } from './conversation.ts';
import type { Question } from './question/question.ts';
import { QuestionView } from './question/question-view.tsx';

interface TurnListProps {
  turns: readonly Turn[];
  isBusy: boolean;
  /** Any call would be refused now. */
  isHeld: boolean;
  /** Asks the last question again, or another in its place. */
  onAskAgain: (question?: Question) => void;
}

export function TurnList({ turns, isBusy, isHeld, onAskAgain }: TurnListProps) {
  const last = turns.at(-1);
  const hidden = useHiddenTurns(turns.length);
  return (
    <ol
      aria-label={t('Conversation')}
      // Lines that have been read stay as they are while more comes.
      className="flex flex-col gap-8 pb-6 [text-wrap-style:auto] [--code-head-top:calc(var(--offline-height)+3.5rem)] lg:[--code-head-top:var(--offline-height)] lg:[@media(min-height:40rem)]:[--code-head-top:calc(var(--offline-height)+6rem)]"
    >
      {turns.slice(hidden).map((turn) => (
        <TurnView
          key={turn.id}
          turn={turn}
          isBusy={isBusy && turn === last}
          isHeld={isHeld && turn === last}
          isLast={turn === last}
          onAskAgain={turn === last ? onAskAgain : undefined}
        />
      ))}
    </ol>
  );
}

interface TurnViewProps {
  turn: Turn;
  isBusy: boolean;
  isHeld: boolean;
  isLast: boolean;
  /** For the last turn only. */
  onAskAgain: ((question?: Question) => void) | undefined;
}

/** Memoised: finished turns are not rendered again while the last one streams. */
const TurnView = memo(function TurnView({ turn, isBusy, isHeld, isLast, onAskAgain }: TurnViewProps) {
  return (
    <li className={clsx('-mx-2 flex flex-col gap-5 px-2', !isLast && skippedStyle)}>
      <QuestionView question={turn.question} isBusy={isBusy || isHeld} onEdit={onAskAgain} />
      <AnswerView answer={turn.answer} isHeld={isHeld} onAgain={onAskAgain} />
    </li>
  );
});

/** What is out of sight isn't laid out or painted; the last turn is always needed, to find the end of the page. */
const skippedStyle = '[contain-intrinsic-size:auto_24rem] [content-visibility:auto]';

const turnsAtOnce = 6;

/**
 * How many of the first turns are not on the page yet. Whoever comes back to a long conversation sees its end at once;
 * the turns before it follow in steps that leave time for what they type.
 */
function useHiddenTurns(count: number): number {
  const [hidden, setHidden] = useState(() => Math.max(0, count - turnsAtOnce));
  useEffect(() => {
    if (hidden === 0) return;
    const timer = setTimeout(() =>
      startTransition(() => setHidden((before) => Math.max(0, before - turnsAtOnce))),
    );
    return () => clearTimeout(timer);
  }, [hidden]);
  return Math.min(hidden, count);
}
