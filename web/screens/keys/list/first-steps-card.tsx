import { clsx } from 'clsx';
import { Check, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../../language/t.ts';
import { CopyButton } from '../../../parts/buttons/copy-button.tsx';
import { LinkButton } from '../../../parts/buttons/link-button.tsx';
import { Card } from '../../../parts/card.tsx';
import type { FirstSteps } from './first-steps.ts';

/** From nothing to a call that one can see, for whoever is new. Follows what has been done. */
export function FirstStepsCard({ of: { hasKey, hasCalled } }: { of: FirstSteps }) {
  const current = !hasKey ? 1 : hasCalled ? 3 : 2;
  const step = (number: number) => ({ number, isDone: number < current, isCurrent: number === current });
  return (
    <Card title={t('Your first call in three steps')}>
      <ol className="flex flex-col gap-5">
        <Step {...step(1)} title={t('Create a key')}>
          <p>
            {t(
              'It lets your programs call the models. All it takes is a name and a plan, and it works within a minute.',
            )}
          </p>
          {current === 1 && (
            <LinkButton to="/keys/new" variant="primary" icon={<Plus aria-hidden />}>
              {t('Create key')}
            </LinkButton>
          )}
        </Step>
        <Step {...step(2)} title={t('Make the first call')}>
          <p>
            {t('With the client that you already use, at one of these addresses, or here in the playground.')}
          </p>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3">
            <Address name="OpenAI" url={`${location.origin}/v1`} />
            <Address name="Anthropic" url={location.origin} />
          </dl>
          {current === 2 && <LinkButton to="/playground">{t('Try the playground')}</LinkButton>}
        </Step>
        <Step {...step(3)} title={t('See it in Activity')}>
          <p>
            {t('Each call is listed there with its time, model, tokens and cost. What was said is not kept.')}
          </p>
          {current === 3 && (
            <LinkButton to="/activity" variant="primary">
              {t('Open Activity')}
            </LinkButton>
          )}
        </Step>
      </ol>
    </Card>
  );
}

interface StepProps {
  number: number;
  title: string;
  isDone: boolean;
  isCurrent: boolean;
  children: ReactNode;
}

function Step({ number, title, isDone, isCurrent, children }: StepProps) {
  return (
    <li {...(isCurrent && { 'aria-current': 'step' })} className="flex gap-3.5">
      <span
        aria-hidden
        className={clsx(
          'flex size-7 shrink-0 items-center justify-center rounded-full border font-semibold text-sm',
          isDone && 'border-success bg-success-soft text-success',
          isCurrent && 'border-accent bg-accent text-on-accent',
          !isDone && !isCurrent && 'border-line-strong text-ink-soft',
        )}
      >
        {isDone ? <Check className="size-4" /> : number}
      </span>
      <div className="flex min-w-0 flex-1 flex-col items-start gap-2 pt-0.5 text-ink-soft">
        <h3 className={clsx('font-medium', !isDone && 'text-ink')}>
          {title}
          {isDone && <span className="sr-only"> {t('(done)')}</span>}
        </h3>
        {!isDone && children}
      </div>
    </li>
  );
}

function Address({ name, url }: { name: string; url: string }) {
  return (
    <>
      <dt className="text-ink-faint text-sm">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1">
        <code className="wrap-anywhere min-w-0 font-mono text-ink text-sm">{url}</code>
        <CopyButton text={url} label={t('Copy base URL for {client}', { client: name })} />
      </dd>
    </>
  );
}
