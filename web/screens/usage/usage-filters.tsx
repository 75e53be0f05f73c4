import { t } from '../../language/t.ts';
import { ChoiceRow } from '../../parts/forms/choice-row.tsx';
import { Select } from '../../parts/forms/select.tsx';
import { CustomRange } from './custom-range.tsx';
import type { Period } from './day-range.ts';
import type { UsageView } from './use-usage-view.ts';

const periodOptions = (): readonly { value: Period; label: string }[] => [
  { value: '7', label: t('7 days') },
  { value: '30', label: t('30 days') },
  { value: '90', label: t('90 days') },
  { value: 'custom', label: t('Other days') },
];
const everyKey = 'every-key';

/** Period and key, both kept in the address. */
export function UsageFilters({ view }: { view: UsageView }) {
  const { range, choose, isFitted } = view;
  const choosePeriod = (period: Period) =>
    choose(
      period === 'custom'
        ? { days: undefined, from: range.from, to: range.to }
        : { days: period, from: undefined, to: undefined },
    );
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <ChoiceRow
          key={String(isFitted)}
          label={t('Period')}
          options={periodOptions()}
          value={range.period}
          onChange={choosePeriod}
        />
        <div className="w-full sm:w-64">
          <KeyFilter view={view} />
        </div>
      </div>
      {range.period === 'custom' && <CustomRange key={`${range.from} ${range.to}`} view={view} />}
    </div>
  );
}

function KeyFilter({ view: { keyId, labels, choose } }: { view: UsageView }) {
  const options = [{ value: everyKey, label: t('All keys') }];
  for (const [value, label] of labels) options.push({ value, label });
  if (keyId !== undefined && !labels.has(keyId))
    options.push({ value: keyId, label: t('Key …{end}', { end: keyId.slice(-4) }) });
  return (
    <Select
      label={t('Key')}
      options={options}
      value={keyId ?? everyKey}
      onChange={(next) => choose({ key: next === everyKey ? undefined : next })}
    />
  );
}
