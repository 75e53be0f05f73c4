import { limitRows } from '../../../../core/metering/windows.ts';
import { countWords, dollarWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { dateAndTimeWords } from '../../../language/time-words.ts';
import { limitLabel } from '../../../limits/typed-limits.ts';
import type { AuditEvent } from '../admin-types.ts';

type Value = AuditEvent['detail'][string];

interface Detail {
  label: string;
  words: (value: Value) => string;
}

/** As a list, which is null where nothing is set. */
const listed = (value: Value): string => (value === null ? [] : [value].flat()).join(', ') || t('none');

/** Where something that isn't set has words of its own. */
const orElse = (unset: () => string, words: (value: string) => string) => (value: Value) =>
  value === null ? unset() : words(listed(value));

/** By the API's names; test/web/admin holds it to core/audit.ts. */
const detailsByName: Readonly<Record<string, () => Detail>> = {
  plan: () => ({ label: t('Plan'), words: listed }),
  from: () => ({ label: t('Before'), words: listed }),
  to: () => ({ label: t('Now'), words: listed }),
  allowedPlans: () => ({
    label: t('Plans'),
    words: orElse(
      () => t('The self-service plans'),
      (plans) => plans,
    ),
  }),
  limits: () => ({ label: t('Limits'), words: listed }),
  endsAt: () => ({
    label: t('Ends'),
    words: orElse(
      () => t('Never'),
      (time) => dateAndTimeWords(Date.parse(time)),
    ),
  }),
  because: () => ({ label: t('Reason'), words: (value) => reasons[listed(value)]?.() ?? listed(value) }),
  provider: () => ({ label: t('Provider'), words: listed }),
  providerKeys: () => ({ label: t('Provider keys'), words: listed }),
  subscriptions: () => ({ label: t('Subscriptions'), words: listed }),
  event: () => ({ label: t('Stripe’s event'), words: listed }),
};

const reasons: Readonly<Record<string, () => string>> = {
  ended: () => t('its end had come'),
  dormant: () => t('it was not used'),
};

function detailOf(name: string): Detail {
  const known = detailsByName[name]?.();
  if (known !== undefined) return known;
  const row = limitRows.find(({ field }) => field === name);
  if (row === undefined) return { label: name, words: listed };
  const figure = row.unit === 'dollars' ? dollarWords : countWords;
  return {
    label: limitLabel(row),
    words: orElse(
      () => t('none'),
      (limit) => figure(Number(limit)),
    ),
  };
}

/** What something was changed to. */
export function detailWords(detail: AuditEvent['detail']): string {
  return Object.entries(detail)
    .map(([name, value]) => {
      const { label, words } = detailOf(name);
      return `${label}: ${words(value)}`;
    })
    .join('; ');
}
