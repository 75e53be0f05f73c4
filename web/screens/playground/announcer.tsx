import { useMemo } from 'react';
import { waitWords } from '../../language/number-words.ts';
import { t } from '../../language/t.ts';
import { type Answer, isUnderWay } from './answer/answer.ts';
import { describeFailure } from './answer/failure.ts';

/** Tells screen readers that an answer began and how it ended, but not its words as they stream. */
export function Announcer({ answer }: { answer: Answer | undefined }) {
  const ending = useMemo(
    () => (answer === undefined || isUnderWay(answer) ? '' : wordsFor(answer)),
    [answer],
  );
  const beginning = answer?.phase === 'waiting' ? t('Question sent.') : t('The model is answering.');
  return (
    <p role="status" className="sr-only">
      {answer !== undefined && isUnderWay(answer) ? beginning : ending}
    </p>
  );
}

function wordsFor({ phase, text, error }: Answer): string {
  if (phase === 'stopped') return t('Answer stopped.');
  if (phase === 'done')
    return t('Answer complete. It has {count, plural, one {# word} other {# words}}.', {
      count: text.split(/\s+/).filter(Boolean).length,
    });
  const { title, detail, resetSeconds } = describeFailure(error, {
    isOnline: navigator.onLine,
    day: undefined,
  });
  const why =
    resetSeconds === undefined
      ? `${title}.`
      : t('{title}; resets in {wait}.', { title, wait: waitWords(resetSeconds) });
  return `${t('No answer.')} ${why} ${detail ?? ''}`.trim();
}
