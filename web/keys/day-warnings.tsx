import { type LimitField, limitRows } from '../../core/metering/windows.ts';
import { countWords, dollarWords, percentWords } from '../language/number-words.ts';
import { T } from '../language/rich-text.tsx';
import { t } from '../language/t.ts';
import { timeWords } from '../language/time-words.ts';
import { Alert } from '../parts/alert.tsx';
import { TextLink } from '../parts/buttons/text-link.tsx';
import { type DayWarning, dayWarning } from './day-warning.ts';
import { isLive, type Key } from './key.ts';
import { MoveKey } from './move-key.tsx';

interface DayWarningsProps {
  keys: readonly Key[];
  /** Whether names lead to the keys' pages. */
  isLinked?: boolean;
}

/** A list of dozens would hide what it warns of. */
const mostShown = 3;

/** The keys that are about to use up their day, or have done so, with what can be done about it. */
export function DayWarnings({ keys, isLinked = false }: DayWarningsProps) {
  const warned = keys
    .filter(isLive)
    .flatMap((key) => {
      const warning = dayWarning(key);
      return warning === undefined ? [] : [{ key, warning }];
    })
    .toSorted((one, other) => other.warning.level - one.warning.level)
    .slice(0, mostShown);
  if (warned.length === 0) return null;
  return (
    <div className="mb-5 flex flex-col gap-2.5">
      {warned.map(({ key, warning }) => (
        <Alert
          key={key.id}
          tone="warning"
          title={titleOf(warning)}
          action={<MoveKey of={key} field={fieldOf(warning)} />}
        >
          <Used of={key} warning={warning} isLinked={isLinked} />
        </Alert>
      ))}
    </div>
  );
}

function Used({ of: key, warning, isLinked }: { of: Key; warning: DayWarning; isLinked: boolean }) {
  const { unit, used, limit, resetsAt } = warning.window;
  return (
    <>
      <T
        text="<link>{name}</link> has used {used} of {limit}. The next day starts {when}."
        name={key.name}
        used={amountWords(unit, used)}
        limit={limitWords(unit, limit)}
        when={timeWords(Date.parse(resetsAt), Date.now())}
        link={(name) =>
          isLinked ? (
            <TextLink to={`/keys/${key.id}`}>{name}</TextLink>
          ) : (
            <strong className="wrap-anywhere font-medium text-ink">{name}</strong>
          )
        }
      />
      {warning.level === 100 && ` ${t('Until then, its calls are refused.')}`}
    </>
  );
}

const fieldOf = ({ window: { unit } }: DayWarning): LimitField =>
  limitRows.find((row) => row.unit === unit && row.kind === 'day')?.field ?? 'requestsPerDay';

function titleOf({ level }: DayWarning): string {
  if (level === 100) return t('The day is used up');
  return t('{percent} of the day is used', { percent: percentWords(level / 100) });
}

const amountWords = (unit: DayWarning['window']['unit'], amount: number) =>
  unit === 'dollars' ? dollarWords(amount) : countWords(amount);

function limitWords(unit: DayWarning['window']['unit'], limit: number): string {
  if (unit === 'dollars') return dollarWords(limit);
  return unit === 'tokens'
    ? t('{count, plural, one {# token} other {# tokens}}', { count: limit })
    : t('{count, plural, one {# request} other {# requests}}', { count: limit });
}
