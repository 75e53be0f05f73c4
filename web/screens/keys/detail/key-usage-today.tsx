import type { ReactNode } from 'react';
import { dayMs, lastsADay } from '../../../../core/metering/windows.ts';
import { isLive, type Key, requestsPerDay } from '../../../keys/key.ts';
import { countWords, dollarWords } from '../../../language/number-words.ts';
import { T } from '../../../language/rich-text.tsx';
import { t } from '../../../language/t.ts';
import { timeWords } from '../../../language/time-words.ts';
import { Card } from '../../../parts/card.tsx';
import { Meter } from '../../../parts/meter.tsx';

export function KeyUsageToday({ of: key }: { of: Key }) {
  return (
    <Card title={t('Today')}>
      {isLive(key) ? (
        <>
          <RequestsToday of={key} />
          <p className="mt-3 text-ink-faint text-sm">
            {t('Days are in UTC. The next one starts {when}.', {
              when: timeWords(nextDay(Date.now()), Date.now()),
            })}
          </p>
          {spendWindows(key).map(({ window, used, limit, resetsAt }) => (
            <p key={window} className="mt-5 text-ink-soft">
              <T
                text="{window, select, day {<used>{amount}</used> of {limit} spent this day.} other {<used>{amount}</used> of {limit} spent this month.}}"
                window={window}
                amount={dollarWords(used)}
                limit={dollarWords(limit)}
                used={(amount) => <strong className="font-medium text-ink">{amount}</strong>}
              />{' '}
              {nextWords(window, resetsAt)}
            </p>
          ))}
          {longerWindows(key).map(({ window, used, limit, resetsAt }) => (
            <div key={window} className="mt-5">
              <Meter
                label={t('{window, select, week {Requests this week} other {Requests this month}}', {
                  window,
                })}
                used={used}
                limit={limit}
              />
              <p className="mt-3 text-ink-faint text-sm">{nextWords(window, resetsAt)}</p>
            </div>
          ))}
        </>
      ) : (
        <p className="text-ink-soft">
          {t('This key no longer works. What it used is still listed under Usage.')}
        </p>
      )}
    </Card>
  );
}

const nextWords = (window: Key['windows'][number]['window'], resetsAt: string) =>
  t(
    '{window, select, day {The next day starts {when}.} week {The next week starts {when}.} other {The next month starts {when}.}}',
    { window, when: timeWords(Date.parse(resetsAt), Date.now()) },
  );

function RequestsToday({ of: key }: { of: Key }) {
  const limit = requestsPerDay(key);
  const shown = { count: key.remaining ?? key.used, number: countWords(key.remaining ?? key.used) };
  const big = (number: ReactNode) => (
    <strong className="font-semibold text-3xl text-ink tabular-nums tracking-tight">{number}</strong>
  );
  return (
    <>
      <p className="mb-4 flex items-baseline gap-2 text-ink-soft">
        {key.remaining === null ? (
          <T
            text="{count, plural, one {<big>{number}</big> request made, without a limit} other {<big>{number}</big> requests made, without a limit}}"
            count={shown.count}
            number={shown.number}
            big={big}
          />
        ) : (
          <T
            text="{count, plural, one {<big>{number}</big> request left} other {<big>{number}</big> requests left}}"
            count={shown.count}
            number={shown.number}
            big={big}
          />
        )}
      </p>
      {limit !== null && <Meter label={t('Requests')} used={key.used} limit={limit} />}
    </>
  );
}

const longerWindows = ({ windows }: Key) =>
  windows.filter(({ unit, window }) => unit === 'requests' && window !== 'day' && lastsADay(window));

const spendWindows = ({ windows }: Key) => windows.filter(({ unit }) => unit === 'dollars');

const nextDay = (now: number) => (Math.floor(now / dayMs) + 1) * dayMs;
