import { ArrowUpRight } from 'lucide-react';
import { useState } from 'react';
import { describeError } from '../../../describe-error.ts';
import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { waitWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { toasts } from '../../../parts/overlays/toasts/toasts.ts';
import { Notice } from '../answer/notice.tsx';
import { useClock } from '../answer/use-clock.ts';
import { WaysOut } from '../answer/ways-out.tsx';
import type { ChatDialog } from '../chat-dialogs.tsx';
import type { Hold } from './hold.ts';
import { useMovePlan, useNextPlan } from './use-next-plan.ts';

interface HoldNoticeProps {
  hold: Hold;
  heldKey: HeldKey;
  onOpen: (dialog: ChatDialog) => void;
  /** Must take the focus: the notice is about to disappear. */
  onMoved: () => void;
}

/** Why no call is made until a limit starts anew, and what helps before that. */
export function HoldNotice({ hold, heldKey, onOpen, onMoved }: HoldNoticeProps) {
  const plan = useNextPlan(heldKey, hold.field);
  const move = useMovePlan(heldKey, (moved) => {
    toasts.add({ type: 'success', title: t('This key is on {plan} now', { plan: moved }) });
    onMoved();
  });
  const [news] = useState(() => wordsOf(hold, Date.now()));
  const now = useClock(true);
  return (
    <>
      <p role="status" className="sr-only">
        {news}
      </p>
      <Notice
        title={wordsOf(hold, now)}
        detail={move.isError ? describeError(move.error).message : hold.detail}
        requestId={hold.requestId}
      >
        {plan !== undefined && (
          <Button
            size="small"
            variant="primary"
            icon={<ArrowUpRight aria-hidden />}
            busy={move.isPending}
            onClick={() => move.mutate(plan)}
          >
            {t('Move this key to {plan}', { plan })}
          </Button>
        )}
        <WaysOut wayOut={hold.wayOut} onOpen={onOpen} />
      </Notice>
    </>
  );
}

const wordsOf = ({ title, until }: Hold, now: number): string =>
  t('{title}; resets in {wait}.', { title, wait: waitWords((until - now) / 1000) });
