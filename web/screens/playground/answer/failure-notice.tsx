import { RotateCw } from 'lucide-react';
import { ApiError } from '../../../api-error.ts';
import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { waitWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import type { RateLimit } from '../../../rate-limits.ts';
import { useOnline } from '../../../shell/trouble/use-online.ts';
import type { ChatDialog } from '../chat-dialogs.tsx';
import { useAllowance } from '../key/use-allowance.ts';
import type { Answer } from './answer.ts';
import { describeFailure } from './failure.ts';
import { Notice } from './notice.tsx';
import { useClock } from './use-clock.ts';
import { WaysOut } from './ways-out.tsx';

interface FailureNoticeProps {
  answer: Answer;
  heldKey: HeldKey;
  /** Undefined while a call would be refused. */
  onAgain: (() => void) | undefined;
  onOpen: (dialog: ChatDialog) => void;
}

/** Below what arrived of an answer. */
export function FailureNotice({ answer, heldKey, onAgain, onOpen }: FailureNoticeProps) {
  const isOnline = useOnline();
  const failure = describeFailure(answer.error, { isOnline, day: useDayAt(heldKey, answer.endedAt) });
  return (
    <Notice
      title={<Countdown title={failure.title} from={answer.endedAt ?? 0} seconds={failure.resetSeconds} />}
      detail={failure.detail}
      isOffline={answer.error instanceof ApiError && answer.error.kind === 'network'}
      requestId={failure.requestId}
    >
      {onAgain !== undefined && (
        <Button size="small" icon={<RotateCw aria-hidden />} onClick={() => onAgain()}>
          {t('Try again')}
        </Button>
      )}
      <WaysOut wayOut={failure.wayOut} onOpen={onOpen} />
    </Notice>
  );
}

/** The key's day, with its reset counted from `then`. */
function useDayAt(heldKey: HeldKey, then = 0): RateLimit | undefined {
  const { day } = useAllowance(heldKey);
  const now = useClock(true);
  return day && { ...day, resetSeconds: day.resetSeconds + (now - then) / 1000 };
}

interface CountdownProps {
  title: string;
  from: number;
  seconds: number | undefined;
}

function Countdown({ title, from, seconds }: CountdownProps) {
  const now = useClock(seconds !== undefined);
  if (seconds === undefined) return `${title}.`;
  const left = seconds - (now - from) / 1000;
  return left > 0
    ? t('{title}; resets in {wait}.', { title, wait: waitWords(left) })
    : t('{title}; you can try again now.', { title });
}
