import { useMemo } from 'react';
import { waitWords } from '../../parts/figure-words.ts';
import { type Answer, isUnderWay } from './answer/answer.ts';
import { describeFailure } from './answer/failure.ts';

/** Tells screen readers that an answer began and how it ended, but not its words as they stream. */
export function Announcer({ answer }: { answer: Answer | undefined }) {
  const ending = useMemo(
    () => (answer === undefined || isUnderWay(answer) ? '' : wordsFor(answer)),
    [answer],
  );
  const beginning = answer?.phase === 'waiting' ? 'Question sent.' : 'The model is answering.';
  return (
    <p role="status" className="sr-only">
      {answer !== undefined && isUnderWay(answer) ? beginning : ending}
    </p>
  );
}

function wordsFor({ phase, text, error }: Answer): string {
  if (phase === 'stopped') return 'Answer stopped.';
  if (phase === 'done') return `Answer complete. It has ${text.split(/\s+/).filter(Boolean).length} words.`;
  const { title, detail, resetSeconds } = describeFailure(error, {
    isOnline: navigator.onLine,
    day: undefined,
  });
  const wait = resetSeconds === undefined ? '' : `; resets in ${waitWords(resetSeconds)}`;
  return `No answer. ${title}${wait}. ${detail ?? ''}`.trim();
}
