import type { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import type { AnswerOf } from '../../../api.ts';
import { Card } from '../../../parts/card.tsx';
import { dollarWords } from '../../../parts/figure-words.ts';
import { Meter } from '../../../parts/meter.tsx';
import { timeWords } from '../../../time-words.ts';

type Health = AnswerOf<typeof adminRoutes.getHealth>;

export function Ceilings({ ceilings }: Pick<Health, 'ceilings'>) {
  return (
    <Card title="Ceilings" description="What all users together may use. Beyond them, every call is refused.">
      {ceilings.length === 0 ? (
        <p className="text-ink-soft">The settings have no ceiling.</p>
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
  const period = window === 'day' ? 'Today' : `This ${window}`;
  const what = unit === 'dollars' ? 'spend' : unit;
  return (
    <li>
      {unit === 'dollars' ? (
        <>
          <p className="mb-1.5 flex items-baseline justify-between gap-3 text-sm">
            <span className="text-ink-soft">{`${period}’s ${what}`}</span>
            <span className="text-ink-soft tabular-nums">
              <strong className="font-medium text-ink">{dollarWords(used)}</strong> of {dollarWords(limit)}
            </span>
          </p>
          <Meter label={`${period}’s ${what}`} used={used} limit={limit} look="bar" />
        </>
      ) : (
        <Meter label={`${period}’s ${what}`} used={used} limit={limit} />
      )}
      <p className="mt-1.5 text-ink-faint text-sm">
        The next {window} starts {timeWords(Date.parse(resetsAt), now)}.
      </p>
    </li>
  );
}
