import { MessagesSquare } from 'lucide-react';
import { t } from '../../language/t.ts';
import { usePlayground, useStored } from './use-playground.ts';

const suggestionsNow = () => [
  {
    title: t('Explain something'),
    question: t('Explain to a ten-year-old why a database has an index.'),
  },
  {
    title: t('Write code'),
    question: t('Write a Python function that checks a credit card number with the Luhn formula.'),
  },
  {
    title: t('Make a table'),
    question: t('Make a table of the HTTP status codes that clients should retry, and when.'),
  },
  {
    title: t('Find the words'),
    question: t('Write a short, friendly mail that moves a meeting from Monday to Wednesday.'),
  },
];

interface SuggestionsProps {
  /** Whether a press sends the question at once; otherwise it is filled in. */
  canSend: boolean;
  onPick: (question: string) => void;
}

export function Suggestions({ canSend, onPick }: SuggestionsProps) {
  const { isKept } = useStored(usePlayground().keeping);
  const suggestions = suggestionsNow();
  return (
    <div className="flex flex-1 flex-col items-center justify-center py-6 text-center">
      <span className="flex size-11 items-center justify-center rounded-lg bg-accent-soft text-accent">
        <MessagesSquare aria-hidden className="size-5" />
      </span>
      <h2 className="mt-4 font-semibold text-lg tracking-tight">{t('Ask a model something')}</h2>
      <p className="mt-1 max-w-md text-balance text-ink-soft">
        {t('Each question uses one request of your plan, with or without images and documents.')}{' '}
        {isKept
          ? t('Chats are kept in this browser.')
          : t('The conversation stays in this tab and is stored nowhere.')}{' '}
        {canSend ? t('These are sent at once:') : ''}
      </p>
      <ul className="mt-6 grid w-full max-w-2xl gap-2.5 text-left sm:grid-cols-2">
        {suggestions.map(({ title, question }) => (
          <li key={title}>
            <button
              type="button"
              onClick={() => onPick(question)}
              className="flex h-full w-full flex-col justify-start rounded-lg border border-line-strong/60 bg-surface px-4 py-3 text-left shadow-card transition-colors hover:border-line-strong hover:bg-hover"
            >
              <span className="block font-medium">{title}</span>
              <span className="mt-0.5 block text-ink-soft text-sm">{question}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
