import { useEffect, useState } from 'react';

interface CoolDown {
  /** 0 when it is over. */
  secondsLeft: number;
  start(seconds: number): void;
}

/** @param endOf when a cool-down that is already running ends, in milliseconds */
export function useCoolDown(endOf: number): CoolDown {
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
