import { type FormEvent, useState } from 'react';
import { t } from '../../language/t.ts';
import { Button } from '../../parts/buttons/button.tsx';
import { TextField } from '../../parts/forms/text-field.tsx';
import { type DayRange, faultOf } from './day-range.ts';
import type { UsageView } from './use-usage-view.ts';

/** First and last day, applied on submit. */
export function CustomRange({ view: { range, today, choose } }: { view: UsageView }) {
  const [days, setDays] = useState<DayRange>({ from: range.from, to: range.to });
  const [fault, setFault] = useState(range.fault);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = faultOf(days);
    setFault(found);
    if (found === undefined) choose({ days: undefined, ...days });
  };
  const field = (name: keyof DayRange, label: string) => (
    <div className="w-full sm:w-44">
      <TextField
        type="date"
        label={label}
        error={fault?.field === name ? fault.message : undefined}
        value={days[name]}
        max={today}
        onChange={(event) => setDays({ ...days, [name]: event.currentTarget.value })}
      />
    </div>
  );
  return (
    <form onSubmit={submit} noValidate className="flex flex-wrap items-start gap-x-3 gap-y-4">
      {field('from', t('First day'))}
      {field('to', t('Last day'))}
      <div className="sm:pt-6.5">
        <Button type="submit">{t('Show these days')}</Button>
      </div>
    </form>
  );
}
