import { isLive, type Key } from '../../../keys/key.ts';
import { t } from '../../../language/t.ts';
import { Select } from '../../../parts/forms/select.tsx';
import { Switch } from '../../../parts/forms/switch.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import type { KeysView } from './use-keys-view.ts';

const any = 'any';
/** Fewer are seen at a glance. */
const fewKeys = 4;

/** All kept in the address. */
export function KeyFilters({ view: { keys, filters, isFiltered, choose } }: { view: KeysView }) {
  const endedCount = keys.filter((key) => !isLive(key)).length;
  if (keys.length < fewKeys && endedCount === 0 && !isFiltered) return null;
  const plans = [...new Set(keys.map(({ plan }) => plan))].sort();
  const toValue = (next: string) => (next === any ? undefined : next);
  return (
    <search aria-label={t('Filter keys')} className="mb-4 flex flex-wrap items-end gap-x-4 gap-y-3">
      <div className="w-full sm:w-56">
        <TextField
          type="search"
          label={t('Search')}
          placeholder={t('Name, ID or last 4')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={filters.search ?? ''}
          onChange={(event) => choose({ search: event.currentTarget.value }, { aside: true })}
        />
      </div>
      <div className="w-full sm:w-44">
        <Select
          label={t('Plan')}
          options={[
            { value: any, label: t('All plans') },
            ...plans.map((plan) => ({ value: plan, label: plan })),
          ]}
          value={filters.plan ?? any}
          onChange={(next) => choose({ plan: toValue(next) })}
        />
      </div>
      <div className="w-full sm:w-44">
        <Select
          label={t('Status')}
          options={[{ value: any, label: t('All statuses') }, ...statuses()]}
          value={filters.status ?? any}
          onChange={(next) => choose({ status: toValue(next) })}
        />
      </div>
      {endedCount > 0 && (
        <Switch
          label={t('Hide revoked and expired')}
          checked={filters.ended === 'hidden'}
          onChange={(hidden) => choose({ ended: hidden ? 'hidden' : 'shown' })}
        />
      )}
    </search>
  );
}

const statuses = (): { value: Key['status']; label: string }[] => [
  { value: 'active', label: t('Active') },
  { value: 'activating', label: t('Activating') },
  { value: 'revoked', label: t('Revoked') },
  { value: 'expired', label: t('Expired') },
];
