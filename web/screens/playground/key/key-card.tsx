import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { maskedKey } from '../../../key-in-hand/key-secret.ts';
import { type Standing, useStanding } from '../../../key-in-hand/use-standing.ts';
import { dollarWords, waitWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { Meter } from '../../../parts/meter.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { OwnKeySelect } from './own-key-select.tsx';
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
    <section aria-label={t('API key')} className="flex flex-col gap-3">
      <OwnKeySelect label={t('API key')} heldKey={heldKey} />
      {heldKey.keyId === undefined && heldKey.secret !== undefined && (
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <span dir="auto" className="min-w-0 truncate">
            {standing.data?.name ?? t('A key')}
          </span>
          <code className="font-mono text-ink-faint text-xs">{maskedKey(heldKey.secret)}</code>
          {standing.data !== undefined && <Badge>{standing.data.plan}</Badge>}
        </div>
      )}
      {standing.isPending && <Skeleton className="h-8 w-full" />}
      {standing.data !== undefined && <Allowance heldKey={heldKey} standing={standing.data} />}
      {/* Its words begin where those above do. */}
      <div className="-ml-2.5">
        <Button size="small" variant="ghost" onClick={onChangeKey}>
          {t('Use another key')}
        </Button>
      </div>
    </section>
  );
}

function Allowance({ heldKey, standing }: { heldKey: HeldKey; standing: Standing }) {
  const { day, tighter, tokens } = useAllowance(heldKey);
  const spent = useSpent(standing);
  if (day === undefined) return null;
  const facts = [
    t('The next day starts in {wait}.', { wait: waitWords(day.resetSeconds) }),
    tighter !== undefined &&
      t('{left, number} of {limit, number} left for the next {wait}.', {
        left: tighter.remaining,
        limit: tighter.limit,
        wait: waitWords(tighter.resetSeconds),
      }),
    spent.data && t('Spent today: {cost}.', { cost: dollarWords(spent.data.cost) }),
  ];
  return (
    <>
      <Meter label={t('Requests today')} used={day.limit - day.remaining} limit={day.limit} />
      {tokens !== undefined && (
        <Meter label={t('Tokens today')} used={tokens.limit - tokens.remaining} limit={tokens.limit} />
      )}
      <p className="text-ink-faint text-sm">{facts.filter(Boolean).join(' ')}</p>
    </>
  );
}
