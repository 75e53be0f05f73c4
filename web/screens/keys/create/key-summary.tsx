import type { ReactNode } from 'react';
import type { Plan } from '../../../keys/plan-places.ts';
import { t } from '../../../language/t.ts';
import { dateWords } from '../../../language/time-words.ts';
import { limitWords, planPriceWords } from '../../../limit-words.ts';
import { Card } from '../../../parts/card.tsx';
import { CodeBlock } from '../../../parts/code/code-block.tsx';
import { expiryFault, expiryTime } from '../form/key-expiry.ts';
import type { KeyForm } from '../form/key-form.ts';
import { snippetsFor } from '../secret/snippets.ts';

interface KeySummaryProps {
  form: KeyForm;
  plan: Plan | undefined;
  /** For the snippet. */
  model: string | undefined;
}

/** What the form makes and how it will be called, beside it on wide screens. */
export function KeySummary({ form, plan, model = 'MODEL_NAME' }: KeySummaryProps) {
  const input = { origin: location.origin, key: 'YOUR_API_KEY', model: form.models[0] ?? model };
  const [curl] = snippetsFor(input)[0]?.snippets ?? [];
  return (
    <section aria-label={t('Summary')} className="sticky top-6 hidden min-w-0 flex-col gap-5 xl:flex">
      <Card title={t('Your key')}>
        <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2 text-sm">
          <Fact name={t('Name')}>{form.name.trim() || '–'}</Fact>
          <Fact name={t('Plan')}>{plan?.name ?? '–'}</Fact>
          {plan !== undefined && <Fact name={t('Limits')}>{limitWords(plan).join(', ')}</Fact>}
          {plan !== undefined && <Fact name={t('Price')}>{planPriceWords(plan.price)}</Fact>}
          <Fact name={t('Models')}>
            {(form.models.length > 0 ? form.models : plan?.models)?.join(', ') ?? t('All')}
          </Fact>
          <Fact name={t('Expires')}>{expiryWords(form, Date.now())}</Fact>
        </dl>
      </Card>
      {curl && <CodeBlock {...curl} label={t('Your first call')} wrap />}
      <p className="text-ink-faint text-sm">
        {t('The next screen has this call with the key in it, and the same for Python, Node and the SDKs.')}
      </p>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-faint">{name}</dt>
      <dd className="wrap-anywhere min-w-0">{children}</dd>
    </>
  );
}

function expiryWords({ expiry, expiryDay }: KeyForm, now: number): string {
  const chosen = { choice: expiry, day: expiryDay };
  const time = expiryFault(chosen, now) === undefined ? expiryTime(chosen, now) : undefined;
  if (time !== undefined) return dateWords(time);
  return expiry === 'never' ? t('Never') : '–';
}
