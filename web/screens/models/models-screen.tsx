import { SearchX } from 'lucide-react';
import { t } from '../../language/t.ts';
import { isChatModel } from '../../models/model-facts.ts';
import { Button } from '../../parts/buttons/button.tsx';
import { Card } from '../../parts/card.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { LoadingRows } from '../../parts/skeleton.tsx';
import { useModels } from '../../shell/use-models.ts';
import { ModelFilters } from './model-filters.tsx';
import { ModelRow } from './model-row.tsx';
import { shownModels } from './shown-models.ts';
import { useModelFilters } from './use-model-filters.ts';

/** What this service offers, for whoever chooses a model. */
export function ModelsScreen() {
  return (
    <>
      <PageHeader
        title={t('Models')}
        description={t(
          'Every model of this service, with what it can do and what it costs. Prices are in dollars for a million tokens.',
        )}
      />
      <Content />
    </>
  );
}

function Content() {
  const { data, error, isPending, isFetching, refetch } = useModels();
  const { filters, choose, clear } = useModelFilters();
  if (data === undefined)
    return (
      <Card padded={false}>
        {isPending ? (
          <LoadingRows label={t('Loading the models')} rows={8} />
        ) : (
          <ErrorState
            title={t('The models could not be loaded')}
            error={error}
            onRetry={() => void refetch()}
            busy={isFetching}
          />
        )}
      </Card>
    );
  const shown = shownModels(data.data, filters);
  const chat = shown.filter(isChatModel);
  const embedding = shown.filter((model) => !isChatModel(model));
  return (
    <div className="flex flex-col gap-7">
      <ModelFilters models={data.data} filters={filters} choose={choose} count={shown.length} />
      {shown.length === 0 && (
        <EmptyState
          icon={SearchX}
          title={t('No model has all of this')}
          action={<Button onClick={clear}>{t('Show all models')}</Button>}
        >
          {t('Take a filter away, or search for something else.')}
        </EmptyState>
      )}
      {[
        { title: t('For chats'), models: chat },
        { title: t('For embeddings'), models: embedding },
      ]
        .filter(({ models }) => models.length > 0)
        .map(({ title, models }) => (
          <section key={title} aria-label={title} className="flex flex-col gap-2.5">
            <h2 className="font-semibold text-lg tracking-tight">{title}</h2>
            <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
              {models.map((model) => (
                <ModelRow key={model.id} model={model} />
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}
