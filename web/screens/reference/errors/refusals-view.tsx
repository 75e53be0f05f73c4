import { useState } from 'react';
import { t } from '../../../language/t.ts';
import { Disclosure } from '../../../parts/disclosure.tsx';
import { WordsWithCode } from '../../../parts/words-with-code.tsx';
import { useErrorEntries } from '../../../shell/use-error-entries.ts';
import type { Refusal } from '../operations.ts';

/** The refusals of a call, with their explanations from docs/errors.md. */
export function RefusalsView({ refusals }: { refusals: readonly Refusal[] }) {
  const [open, setOpen] = useState(false);
  const words = useErrorEntries();
  if (refusals.length === 0) return null;
  return (
    <Disclosure
      title={t('Refusals')}
      summary={refusals.map(({ status }) => status).join(', ')}
      open={open}
      onOpenChange={setOpen}
    >
      <dl className="flex flex-col gap-3">
        {refusals.flatMap(({ status, codes }) =>
          codes.map((code) => (
            <div key={`${status} ${code}`}>
              <dt className="flex flex-wrap items-baseline gap-x-2">
                <span className="font-mono text-ink-soft text-sm">{status}</span>
                <code className="wrap-anywhere font-medium font-mono text-sm">{code}</code>
              </dt>
              <dd lang="en" className="text-ink-soft text-sm">
                <WordsWithCode text={words?.get(code) ?? ''} />
              </dd>
            </div>
          )),
        )}
      </dl>
    </Disclosure>
  );
}
