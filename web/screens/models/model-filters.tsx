import { clsx } from 'clsx';
import { t } from '../../language/t.ts';
import { makerWords } from '../../models/listing-words.ts';
import { type Ability, abilities, type Model } from '../../models/model-facts.ts';
import { abilityWords } from '../../models/model-words.ts';
import { Select } from '../../parts/forms/select.tsx';
import { TextField } from '../../parts/forms/text-field.tsx';
import { type ChooseFilter, type ModelFilters as Filters, type Order, orders } from './use-model-filters.ts';

interface ModelFiltersProps {
  models: readonly Model[];
  filters: Filters;
  choose: ChooseFilter;
  /** Of the models that are shown. */
  count: number;
}

export function ModelFilters({ models, filters, choose, count }: ModelFiltersProps) {
  const makers = [...new Map(models.map((model) => [model.owned_by, makerWords(model)]))];
  const toggle = (ability: Ability) => {
    const { can } = filters;
    const next = can.includes(ability) ? can.filter((one) => one !== ability) : [...can, ability];
    choose({ can: next.join(',') });
  };
  return (
    <search className="flex flex-wrap items-end gap-4">
      <div className="min-w-0 flex-1 basis-56">
        <TextField
          type="search"
          label={t('Search models')}
          placeholder={t('Name, maker or ability')}
          value={filters.search}
          onChange={(event) => choose({ search: event.currentTarget.value }, { aside: true })}
        />
      </div>
      <div className="w-full sm:w-44">
        <Select
          label={t('Maker')}
          options={[
            { value: 'any', label: t('All@@makers') },
            ...makers.map(([value, label]) => ({ value, label })),
          ]}
          value={filters.maker ?? 'any'}
          onChange={(next) => choose({ maker: next === 'any' ? undefined : next })}
        />
      </div>
      <div className="w-full sm:w-48">
        <Select
          label={t('Order')}
          options={orders.map((value) => ({ value, label: orderWords[value]() }))}
          value={filters.order}
          onChange={(next) => choose({ order: next === 'listed' ? undefined : next })}
        />
      </div>
      <fieldset className="flex w-full flex-wrap items-center gap-2">
        <legend className="sr-only">{t('What it must take')}</legend>
        {abilities.map((ability) => {
          const isWanted = filters.can.includes(ability);
          return (
            <button
              key={ability}
              type="button"
              aria-pressed={isWanted}
              onClick={() => toggle(ability)}
              className={clsx(
                'inline-flex h-8 items-center rounded-full border px-3 font-medium text-sm touch:h-11',
                isWanted
                  ? 'border-accent bg-accent-soft text-accent forced-colors:underline'
                  : 'border-line-strong/60 text-ink-soft hover:bg-hover hover:text-ink',
              )}
            >
              {abilityWords[ability]().name}
            </button>
          );
        })}
        <p role="status" className="ml-auto text-ink-soft text-sm">
          {t('{count, plural, one {# model} other {# models}}', { count })}
        </p>
      </fieldset>
    </search>
  );
}

const orderWords: Record<Order, () => string> = {
  listed: () => t('As listed'),
  cheapest: () => t('Cheapest first'),
  context: () => t('Longest context first'),
  newest: () => t('Newest first'),
};
