import { MessagesSquare } from 'lucide-react';
import type { ReactNode } from 'react';
import { countWords } from '../../language/number-words.ts';
import { t } from '../../language/t.ts';
import { dayWords } from '../../language/time-words.ts';
import { dollars } from '../../models/listing-words.ts';
import { isChatModel, type Model, plansOf } from '../../models/model-facts.ts';
import { CopyButton } from '../../parts/buttons/copy-button.tsx';
import { LinkButton } from '../../parts/buttons/link-button.tsx';
import { TextLink } from '../../parts/buttons/text-link.tsx';
import { useSessionState } from '../../shell/console-context.ts';
import { usePlans } from '../../shell/use-plans.ts';
import { ModelExample } from './model-example.tsx';
import { modelHints } from './model-hints.ts';

/** What people ask before they take a model, beside a call of it. */
export function ModelDetail({ model }: { model: Model }) {
  const { status } = useSessionState();
  const hints = isChatModel(model) ? modelHints(model) : [];
  return (
    <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-5">
        <div className="flex flex-wrap items-center gap-2">
          {isChatModel(model) && (
            <LinkButton
              to={`/playground?model=${encodeURIComponent(model.id)}`}
              // A visitor is to create an account first.
              variant={status === 'logged-in' ? 'primary' : 'secondary'}
              size="small"
              icon={<MessagesSquare aria-hidden />}
            >
              {t('Open in playground')}
            </LinkButton>
          )}
          <span className="flex items-center text-ink-soft text-sm">
            {t('Copy the name')}
            <CopyButton text={model.id} label={t('Copy {name}', { name: model.id })} />
          </span>
        </div>
        {hints.length > 0 && (
          <section className="flex flex-col gap-1.5">
            <h4 className="font-medium">{t('Answers best to')}</h4>
            <ul className="list-disc space-y-1 pl-5 text-ink-soft text-sm marker:text-ink-faint">
              {hints.map((hint) => (
                <li key={hint}>{hint}</li>
              ))}
            </ul>
          </section>
        )}
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 text-sm">
          <Prices model={model} />
          <Entry name={t('Plans')}>
            <Plans model={model} />
          </Entry>
          <Entry name={t('Released')}>{dayWords(new Date(model.created * 1000).toISOString())}</Entry>
        </dl>
        <p className="text-ink-soft text-sm">
          <TextLink to="/docs/models">{t('How to choose a model')}</TextLink>
        </p>
      </div>
      <ModelExample model={model} />
    </div>
  );
}

function Prices({ model }: { model: Model }) {
  if (!isChatModel(model))
    return (
      <>
        <Entry name={t('Input')}>{dollars(model.pricing.per_million_tokens.input)}</Entry>
        <Entry name={t('Dimensions')}>{model.dimensions.join(', ')}</Entry>
      </>
    );
  const { per_million_tokens: prices, long_context: long } = model.pricing;
  const isCached = prices.cached_input !== prices.input;
  return (
    <>
      <Entry name={t('Input')}>{dollars(prices.input)}</Entry>
      <Entry name={t('Output')}>{dollars(prices.output)}</Entry>
      {isCached && <Entry name={t('Input from the cache')}>{dollars(prices.cached_input)}</Entry>}
      {isCached && <Entry name={t('Written to the cache')}>{dollars(prices.cache_write)}</Entry>}
      {long !== null && (
        <Entry name={t('Above {tokens} tokens', { tokens: countWords(long.above) })}>
          {t('{input} in, {output} out', {
            input: dollars(long.per_million_tokens.input),
            output: dollars(long.per_million_tokens.output),
          })}
        </Entry>
      )}
    </>
  );
}

function Plans({ model }: { model: Model }) {
  const plans = usePlans().data?.data;
  if (plans === undefined) return '…';
  const taking = plansOf(model, plans);
  if (taking === 'all') return t('Every plan');
  return taking.length === 0 ? t('None') : <span className="font-mono">{taking.join(', ')}</span>;
}

function Entry({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd className="wrap-anywhere tabular-nums">{children}</dd>
    </>
  );
}
