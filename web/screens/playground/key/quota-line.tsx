import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { useStanding } from '../../../key-in-hand/use-standing.ts';
import { countWords, percentWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { Badge } from '../../../parts/badge.tsx';
import { fullestWindow, warningShare } from './allowance.ts';
import { useAllowance } from './use-allowance.ts';

/** What is left of the day, beside the composer, with a warning once most of a limit is used. */
export function QuotaLine({ heldKey }: { heldKey: HeldKey }) {
  const { day } = useAllowance(heldKey);
  const { data } = useStanding(heldKey);
  const fullest = fullestWindow(data?.windows ?? [], day);
  const warning = fullest && warningShare(fullest);
  return (
    <>
      {fullest !== undefined && warning !== undefined && (
        <>
          <Badge tone={warning >= 1 ? 'danger' : 'warning'}>
            {t(
              '{percent} of {unit, select, tokens {the tokens} dollars {the money} other {the requests}} {window, select, hour {this hour} week {this week} month {this month} other {today}}',
              {
                percent: percentWords(Math.floor(fullest.share * 100) / 100),
                unit: fullest.unit,
                window: fullest.window,
              },
            )}
          </Badge>{' '}
        </>
      )}
      <span role="status" className="sr-only">
        {fullest !== undefined &&
          warning !== undefined &&
          t(
            'At least {percent} of {unit, select, tokens {the tokens} dollars {the money} other {the requests}} {window, select, hour {of this hour} week {of this week} month {of this month} other {of today}} {unit, select, dollars {is} other {are}} used.',
            { percent: percentWords(warning), unit: fullest.unit, window: fullest.window },
          )}
      </span>
      {day !== undefined && (
        <span>
          {t('{left} of {count} requests left today', {
            left: countWords(day.remaining),
            count: countWords(day.limit),
          })}
        </span>
      )}
    </>
  );
}
