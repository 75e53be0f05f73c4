import { CircleAlert, RotateCw, WifiOff } from 'lucide-react';
import { ApiError } from '../../../api-error.ts';
import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { LinkButton } from '../../../parts/buttons/link-button.tsx';
import { waitWords } from '../../../parts/figure-words.ts';
import type { RateLimit } from '../../../rate-limits.ts';
import { useOnline } from '../../../shell/trouble/use-online.ts';
import type { ChatDialog } from '../chat-dialogs.tsx';
import { useAllowance } from '../key/use-allowance.ts';
import type { Answer } from './answer.ts';
import { describeFailure } from './failure.ts';
import { useClock } from './use-clock.ts';

interface FailureNoticeProps {
  answer: Answer;
  heldKey: HeldKey;
  onAgain: () => void;
  onOpen: (dialog: ChatDialog) => void;
}

/** Below what arrived of an answer. Not a live region: the countdown would be read out every second. */
export function FailureNotice(props: FailureNoticeProps) {
  const { answer, heldKey, onAgain, onOpen } = props;
  const isOnline = useOnline();
  const failure = describeFailure(answer.error, { isOnline, day: useDayAt(heldKey, answer.endedAt) });
  const isNetwork = answer.error instanceof ApiError && answer.error.kind === 'network';
  const Icon = isNetwork ? WifiOff : CircleAlert;
  return (
    <div className="mb-6 flex gap-2.5 rounded-lg bg-danger-soft px-3.5 py-3">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          {failure.title}
          <Countdown from={answer.endedAt ?? 0} seconds={failure.resetSeconds} />
        </p>
        {failure.detail !== undefined && <p className="text-ink-soft">{failure.detail}</p>}
        <div className="mt-2.5 flex flex-wrap gap-2">
          <Button size="small" icon={<RotateCw aria-hidden />} onClick={() => onAgain()}>
            Try again
          </Button>
          {failure.wayOut === 'another-key' && (
            <Button size="small" onClick={() => onOpen('key')}>
              Use another key
            </Button>
          )}
          {failure.wayOut === 'plans' && (
            <LinkButton size="small" to="/keys/new">
              See the plans
            </LinkButton>
          )}
          {failure.wayOut === 'keys' && (
            <LinkButton size="small" to="/keys">
              Your keys
            </LinkButton>
          )}
          {failure.wayOut === 'usage' && (
            <LinkButton size="small" to="/usage">
              See your usage
            </LinkButton>
          )}
          {failure.wayOut === 'settings' && (
            <Button size="small" onClick={() => onOpen('settings')}>
              Change the settings
            </Button>
          )}
        </div>
        {failure.requestId !== undefined && (
          <p className="mt-2 text-ink-faint text-xs">
            Request <code className="wrap-anywhere font-mono">{failure.requestId}</code>
          </p>
        )}
      </div>
    </div>
  );
}

/** The key's day, with its reset counted from `then`. */
function useDayAt(heldKey: HeldKey, then = 0): RateLimit | undefined {
  const { day } = useAllowance(heldKey);
  const now = useClock(true);
  return day && { ...day, resetSeconds: day.resetSeconds + (now - then) / 1000 };
}

function Countdown({ from, seconds }: { from: number; seconds: number | undefined }) {
  const now = useClock(seconds !== undefined);
  if (seconds === undefined) return '.';
  const left = seconds - (now - from) / 1000;
  return left > 0 ? `; resets in ${waitWords(left)}.` : '; you can try again now.';
}
