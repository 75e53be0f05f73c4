import type { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import type { AnswerOf } from '../../../api.ts';
import { dollarWords } from '../../../language/number-words.ts';
import { T } from '../../../language/rich-text.tsx';
import { t } from '../../../language/t.ts';
import { nextWindowWords } from '../../../limit-words.ts';
import { Card } from '../../../parts/card.tsx';
import { Meter } from '../../../parts/meter.tsx';

type Health = AnswerOf<typeof adminRoutes.getHealth>;

export function Ceilings({ ceilings }: Pick<Health, 'ceilings'>) {
  return (
    <Card
      title={t('Ceilings')}
      description={t('What all users together may use. Beyond them, every call is refused.')}
    >
      {ceilings.length === 0 ? (
        <p className="text-ink-soft">{t('The settings have no ceiling.')}</p>
      ) : (
        <ul className="flex flex-col gap-5">
          {ceilings.map((ceiling) => (
            <CeilingRow key={`${ceiling.unit} ${ceiling.window}`} ceiling={ceiling} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function CeilingRow({
  ceiling: { unit, window, limit, used, resetsAt },
}: {
  ceiling: Health['ceilings'][number];
}) {
  const now = Date.now();
  const label = t(
    '{window, select, minute {This minute’s} hour {This hour’s} day {Today’s} week {This week’s} other {This month’s}} {unit, select, requests {requests} tokens {tokens} other {spend}}',
    { window, unit },
  );
  return (
    <li>
      {unit === 'dollars' ? (
        <>
          <p className="mb-1.5 flex items-baseline justify-between gap-3 text-sm">
            <span className="text-ink-soft">{label}</span>
            <span className="text-ink-soft tabular-nums">
              <T
                text="{used} of {limit}"
                used={<strong className="font-medium text-ink">{dollarWords(used)}</strong>}
                limit={dollarWords(limit)}
              />
            </span>
          </p>
          <Meter label={label} used={used} limit={limit} look="bar" />
        </>
      ) : (
        <Meter label={label} used={used} limit={limit} />
      )}
      <p className="mt-1.5 text-ink-faint text-sm">{nextWindowWords(window, Date.parse(resetsAt), now)}</p>
    </li>
  );
}
