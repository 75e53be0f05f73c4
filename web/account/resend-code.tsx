import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { t } from '../language/t.ts';
import { Alert } from '../parts/alert.tsx';
import { Button } from '../parts/buttons/button.tsx';
import { refusalWords, secondsToWait, waitWords } from './refusal-words.ts';
import { useSentAt } from './sent-at.ts';

/** E-mail takes a while to arrive. */
const coolDownSeconds = 30;

/** @param send requests a new code */
export function ResendCode({ send }: { send: () => Promise<unknown> }) {
  const { secondsLeft, start } = useCoolDown((useSentAt() ?? 0) + coolDownSeconds * 1000);
  const again = useMutation({
    mutationFn: send,
    onSuccess: () => start(coolDownSeconds),
    onError: (error) => start(secondsToWait(error) ?? 0),
  });
  return (
    <div className="flex flex-col gap-3">
      <p className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-ink-soft text-sm">
        {t('No e-mail? Check your spam folder.')}
        <Button size="small" busy={again.isPending} disabled={secondsLeft > 0} onClick={() => again.mutate()}>
          {t('Send a new code')}
          {/* Hidden from screen readers, which would read it out every second. */}
          {secondsLeft > 0 && (
            <span aria-hidden className="font-normal tabular-nums">
              {t('in {wait}', { wait: secondsLeft < 90 ? `${secondsLeft} s` : waitWords(secondsLeft) })}
            </span>
          )}
        </Button>
      </p>
      {again.isSuccess && (
        <Alert tone="success">{t('A new code is on its way. Only the latest one works.')}</Alert>
      )}
      {again.isError && <Alert tone="danger">{refusalWords(again.error)}</Alert>}
    </div>
  );
}

interface CoolDown {
  /** 0 when it is over. */
  secondsLeft: number;
  start(seconds: number): void;
}

/** @param endOf when a cool-down that is already running ends, in milliseconds */
function useCoolDown(endOf: number): CoolDown {
  const [now, setNow] = useState(Date.now);
  const [endsAt, setEndsAt] = useState(endOf);
  const isRunning = now < endsAt;
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return {
    secondsLeft: Math.max(0, Math.ceil((endsAt - now) / 1000)),
    start(seconds) {
      const from = Date.now();
      setNow(from);
      setEndsAt(from + seconds * 1000);
    },
  };
}
