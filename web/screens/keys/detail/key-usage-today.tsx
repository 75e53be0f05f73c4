import { dayMs, lastsADay } from '../../../../core/metering/windows.ts';
import { isLive, type Key, requestsPerDay } from '../../../keys/key.ts';
import { Card } from '../../../parts/card.tsx';
import { countWords, dollarWords } from '../../../parts/figure-words.ts';
import { Meter } from '../../../parts/meter.tsx';
import { timeWords } from '../../../time-words.ts';

export function KeyUsageToday({ of: key }: { of: Key }) {
  return (
    <Card title="Today">
      {isLive(key) ? (
        <>
          <RequestsToday of={key} />
          <p className="mt-3 text-ink-faint text-sm">
            Days are in UTC. The next one starts {timeWords(nextDay(Date.now()), Date.now())}.
          </p>
          {spendWindows(key).map(({ window, used, limit, resetsAt }) => (
            <p key={window} className="mt-5 text-ink-soft">
              <strong className="font-medium text-ink">{dollarWords(used)}</strong> of {dollarWords(limit)}{' '}
              spent this {window}. The next {window} starts {timeWords(Date.parse(resetsAt), Date.now())}.
            </p>
          ))}
          {longerWindows(key).map(({ window, used, limit, resetsAt }) => (
            <div key={window} className="mt-5">
              <Meter label={`Requests this ${window}`} used={used} limit={limit} />
              <p className="mt-3 text-ink-faint text-sm">
                The next {window} starts {timeWords(Date.parse(resetsAt), Date.now())}.
              </p>
            </div>
          ))}
        </>
      ) : (
        <p className="text-ink-soft">This key no longer works. What it used is still listed under Usage.</p>
      )}
    </Card>
  );
}

function RequestsToday({ of: key }: { of: Key }) {
  const limit = requestsPerDay(key);
  const shown = key.remaining ?? key.used;
  return (
    <>
      <p className="mb-4 flex items-baseline gap-2 text-ink-soft">
        <strong className="font-semibold text-3xl text-ink tabular-nums tracking-tight">
          {countWords(shown)}
        </strong>{' '}
        {shown === 1 ? 'request' : 'requests'} {key.remaining === null ? 'made, without a limit' : 'left'}
      </p>
      {limit !== null && <Meter label="Requests" used={key.used} limit={limit} />}
    </>
  );
}

const longerWindows = ({ windows }: Key) =>
  windows.filter(({ unit, window }) => unit === 'requests' && window !== 'day' && lastsADay(window));

const spendWindows = ({ windows }: Key) => windows.filter(({ unit }) => unit === 'dollars');

const nextDay = (now: number) => (Math.floor(now / dayMs) + 1) * dayMs;
