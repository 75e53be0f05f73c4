import { countWords, dollarWords, tookWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { Badge } from '../../../parts/badge.tsx';
import type { Answer } from './answer.ts';

/** An answer's times, tokens and cost. */
export function AnswerFigures({ answer }: { answer: Answer }) {
  const note = noteOn(answer);
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      {note !== undefined && <Badge tone="warning">{note}</Badge>}
      <dl className="grid grid-cols-[auto_auto] gap-x-4 sm:flex sm:flex-wrap sm:gap-x-3 gap-y-0.5 text-ink-faint text-sm tabular-nums">
        {figuresOf(answer).map(({ name, value }) => (
          <div key={name} className="flex gap-1">
            <dt>{name}</dt>
            <dd className="text-ink-soft">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function noteOn({ phase, finishReason }: Answer): string | undefined {
  if (phase === 'stopped') return t('Stopped');
  if (finishReason === 'length') return t('Cut off at the token limit');
  if (finishReason === 'content_filter') return t('Blocked by a filter');
  return undefined;
}

interface Figure {
  name: string;
  value: string;
}

function figuresOf({ sentAt, firstAt, endedAt, tokens, cost }: Answer): Figure[] {
  const figures: Figure[] = [];
  if (firstAt !== undefined) figures.push({ name: t('First token'), value: tookWords(firstAt - sentAt) });
  if (endedAt !== undefined) figures.push({ name: t('Total'), value: tookWords(endedAt - sentAt) });
  if (tokens !== undefined) {
    const { input, output, cached, reasoning } = tokens;
    const ofCache = cached > 0 ? ` (${t('{tokens} cached', { tokens: countWords(cached) })})` : '';
    const ofThought = reasoning > 0 ? ` (${t('{tokens} reasoning', { tokens: countWords(reasoning) })})` : '';
    figures.push({ name: t('Tokens in'), value: countWords(input) + ofCache });
    figures.push({ name: t('out'), value: countWords(output) + ofThought });
  }
  if (cost !== undefined) figures.push({ name: t('Cost'), value: dollarWords(cost) });
  return figures;
}
