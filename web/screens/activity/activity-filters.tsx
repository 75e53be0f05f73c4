import { useState } from 'react';
import { t } from '../../language/t.ts';
import { ChoiceRow } from '../../parts/forms/choice-row.tsx';
import { Select } from '../../parts/forms/select.tsx';
import { TextField } from '../../parts/forms/text-field.tsx';
import type { SelectOption } from '../../parts/overlays/popup-props.ts';
import { useModels } from '../../shell/use-models.ts';
import type { Activity } from './use-activity.ts';
import { useKeyNames } from './use-key-names.ts';

const any = 'any';
const statuses = (): { value: string; label: string }[] => [
  { value: any, label: t('All') },
  { value: '2xx', label: t('Answered') },
  { value: '4xx', label: t('Refused') },
  { value: '5xx', label: t('Failed') },
];

/** All kept in the address. */
export function ActivityFilters({ activity: { filters, choose, calls } }: { activity: Activity }) {
  const { key, status, model, day } = filters;
  const keyNames = useKeyNames();
  const models = useModels();
  const names = new Map(calls.map(({ keyId, keyName }) => [keyId, keyName ?? t('Ended key')]));
  for (const [id, name] of keyNames ?? []) names.set(id, name);
  const toValue = (next: string) => (next === any ? undefined : next);
  return (
    <div className="grid grid-cols-2 items-start gap-x-3 gap-y-4 sm:flex sm:flex-wrap sm:gap-x-4 max-sm:*:first:col-span-2 sm:max-[88rem]:*:first:basis-full">
      <ChoiceRow
        label={t('Outcome')}
        options={statuses()}
        value={status ?? any}
        onChange={(next) => choose({ status: toValue(next) })}
      />
      <div className="min-w-0 sm:w-44">
        <Select
          label={t('Key')}
          options={optionsOf(t('All keys'), names, key)}
          value={key ?? any}
          onChange={(next) => choose({ key: toValue(next) })}
        />
      </div>
      <div className="min-w-0 sm:w-44">
        <Select
          label={t('Model')}
          options={optionsOf(t('All models'), new Map(models.data?.data.map(({ id }) => [id, id])), model)}
          value={model ?? any}
          onChange={(next) => choose({ model: toValue(next) })}
        />
      </div>
      <div className="min-w-0 sm:w-40">
        <DayFilter day={day} choose={choose} />
      </div>
    </div>
  );
}

/** A year that is being typed, such as 0202, is no filter yet. */
function DayFilter({ day, choose }: { day: string | undefined; choose: Activity['choose'] }) {
  const [draft, setDraft] = useState<string>();
  const change = (next: string) => {
    const isTyping = next !== '' && next < '2000';
    setDraft(isTyping ? next : undefined);
    if (!isTyping) choose({ day: next || undefined });
  };
  return (
    <TextField
      type="date"
      label={t('Day (UTC)')}
      value={draft ?? day ?? ''}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

/** What is chosen is an option too, even if nothing else knows it. */
function optionsOf(
  all: string,
  names: ReadonlyMap<string, string>,
  chosen: string | undefined,
): SelectOption[] {
  const options = [...names].map(([value, label]) => ({ value, label }));
  if (chosen !== undefined && !names.has(chosen)) {
    options.push({
      value: chosen,
      label: chosen.startsWith('key_') ? t('Key …{end}', { end: chosen.slice(-4) }) : chosen,
    });
  }
  return [{ value: any, label: all }, ...options];
}
