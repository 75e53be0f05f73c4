import { MessagesSquare } from 'lucide-react';

const suggestions = [
  { title: 'Explain something', question: 'Explain to a ten-year-old why a database has an index.' },
  {
    title: 'Write code',
    question: 'Write a Python function that checks a credit card number with the Luhn formula.',
  },
  {
    title: 'Make a table',
    question: 'Make a table of the HTTP status codes that clients should retry, and when.',
  },
  {
    title: 'Find the words',
    question: 'Write a short, friendly mail that moves a meeting from Monday to Wednesday.',
  },
];

/** Fills in the question without sending it: each request counts. */
export function Suggestions({ onPick }: { onPick: (question: string) => void }) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center py-6 text-center">
      <span className="flex size-11 items-center justify-center rounded-lg bg-accent-soft text-accent">
        <MessagesSquare aria-hidden className="size-5" />
      </span>
      <h2 className="mt-4 font-semibold text-lg tracking-tight">Ask a model something</h2>
      <p className="mt-1 max-w-md text-balance text-ink-soft">
        Each question uses one request of your plan, with or without images and documents. The conversation
        stays in this tab and is stored nowhere.
      </p>
      <ul className="mt-6 grid w-full max-w-2xl gap-2.5 text-left sm:grid-cols-2">
        {suggestions.map(({ title, question }) => (
          <li key={title}>
            <button
              type="button"
              onClick={() => onPick(question)}
              className="h-full w-full rounded-lg border border-line-strong/60 bg-surface px-4 py-3 text-left shadow-card transition-colors hover:border-line-strong hover:bg-hover"
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
