import { useNavigate } from 'react-router';
import { BarChart } from '../../../chart/bar-chart.tsx';
import { stackBars } from '../../../chart/bars.ts';
import { type Key, requestsPerDay } from '../../../keys/key.ts';
import { useKeyWeek } from '../../../keys/use-key-week.ts';
import { countWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { dayWords, shortDayWords } from '../../../language/time-words.ts';
import { TextLink } from '../../../parts/buttons/text-link.tsx';
import { Card } from '../../../parts/card.tsx';
import { ErrorState } from '../../../parts/error-state.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';

/** Seven days of a key as bars, each of which leads to its calls. */
export function KeyWeek({ of: key }: { of: Key }) {
  const navigate = useNavigate();
  const { days, rows, query } = useKeyWeek(key.id);
  const limit = requestsPerDay(key);
  return (
    <Card title={t('Seven days')} actions={<TextLink to={`/usage?key=${key.id}`}>{t('All usage')}</TextLink>}>
      {rows === undefined ? (
        query.isError ? (
          <ErrorState
            title={t('The usage could not be loaded')}
            error={query.error}
            onRetry={() => void query.refetch()}
            busy={query.isFetching}
          />
        ) : (
          <Skeleton className="h-40 w-full" />
        )
      ) : (
        <BarChart
          {...stackBars({
            bars: days.map((day) => ({ id: day, label: dayWords(day), short: shortDayWords(day) })),
            figures: rows.map(({ date, requests }) => ({ bar: date, series: 'requests', value: requests })),
            labels: new Map([['requests', t('Requests')]]),
            restLabel: countWords,
          })}
          look="small"
          step={t('Day')}
          label={t('Requests of each of the last seven days: {days}', {
            days: rows.map(({ date, requests }) => `${dayWords(date)}: ${countWords(requests)}`).join(', '),
          })}
          words={countWords}
          short={countWords}
          isCount
          onOpen={(day) => void navigate(`/activity?${new URLSearchParams({ day, key: key.id })}`)}
          {...(limit !== null && {
            limit: { value: limit, label: t('Limit of the key: {limit, number} a day', { limit }) },
          })}
        />
      )}
    </Card>
  );
}
