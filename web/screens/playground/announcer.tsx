import { useMemo } from 'react';
import { waitWords } from '../../parts/figure-words.ts';
import { type Answer, isUnderWay } from './answer/answer.ts';
import { describeFailure } from './answer/failure.ts';

/** Read out: that an answer began and how it ended, never its words as they come. */
export function Announcer({ answer }: { answer: Answer | undefined }) {
  const ending = useMemo(
    () => (answer === undefined || isUnderWay(answer) ? '' : wordsFor(answer)),
    [answer],
  );
  const beginning = answer?.phase === 'waiting' ? 'The question is sent.' : 'The answer is coming.';
  return (
    <p role="status" className="sr-only">
      {answer !== undefined && isUnderWay(answer) ? beginning : ending}
    </p>
  );
}

function wordsFor({ phase, text, error }: Answer): string {
  if (phase === 'stopped') return 'The answer is stopped.';
  if (phase === 'done')
    return `The answer is complete. It has ${text.split(/\s+/).filter(Boolean).length} words.`;
  const { title, detail, resetSeconds } = describeFailure(error, {
    isOnline: navigator.onLine,
    day: undefined,
  });
  const wait = resetSeconds === undefined ? '' : `; resets in ${waitWords(resetSeconds)}`;
  return `No answer. ${title}${wait}. ${detail ?? ''}`.trim();
}
