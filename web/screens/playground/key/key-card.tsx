import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { maskedKey } from '../../../key-in-hand/key-secret.ts';
import { type Standing, useStanding } from '../../../key-in-hand/use-standing.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { countWords, dollarWords, waitWords } from '../../../parts/figure-words.ts';
import { Meter } from '../../../parts/meter.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useAllowance } from './use-allowance.ts';
import { useSpent } from './use-spent.ts';

interface KeyCardProps {
  heldKey: HeldKey;
  onChangeKey: () => void;
}

/** The key in use, and what is left of its limits. */
export function KeyCard({ heldKey, onChangeKey }: KeyCardProps) {
  const standing = useStanding(heldKey);
  return (
    <section aria-labelledby="playground-key" className="flex flex-col gap-3">
      <div className="flex items-center justify-between gap-2">
        <h2 id="playground-key" className="font-medium text-sm">
          API key
        </h2>
        <Button size="small" variant="ghost" onClick={onChangeKey}>
          Change
        </Button>
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <span dir="auto" className="min-w-0 truncate">
          {standing.data?.name ?? 'A key'}
        </span>
        <code className="font-mono text-ink-faint text-xs">{maskedKey(heldKey.secret)}</code>
        {standing.data !== undefined && <Badge>{standing.data.plan}</Badge>}
      </div>
      {standing.isPending && <Pending isActivating={heldKey.isNew && standing.failureCount > 0} />}
      {standing.data !== undefined && <Allowance heldKey={heldKey} standing={standing.data} />}
    </section>
  );
}

function Pending({ isActivating }: { isActivating: boolean }) {
  return isActivating ? (
    <p role="status" className="text-ink-soft text-sm">
      This key is new and not active yet. That can take a minute.
    </p>
  ) : (
    <Skeleton className="h-8 w-full" />
  );
}

function Allowance({ heldKey, standing }: { heldKey: HeldKey; standing: Standing }) {
  const { day, tighter, tokens } = useAllowance(heldKey);
  const spent = useSpent(standing);
  if (day === undefined) return null;
  return (
    <>
      <Meter label="Requests today" used={day.limit - day.remaining} limit={day.limit} />
      {tokens !== undefined && (
        <Meter label="Tokens today" used={tokens.limit - tokens.remaining} limit={tokens.limit} />
      )}
      <p className="text-ink-faint text-sm">
        The next day starts in {waitWords(day.resetSeconds)}.
        {tighter !== undefined &&
          ` ${countWords(tighter.remaining)} of ${countWords(tighter.limit)} left for the next ${waitWords(tighter.resetSeconds)}.`}
        {spent.data && ` Spent today: ${dollarWords(spent.data.cost)}.`}
      </p>
    </>
  );
}
