import { useEffect, useState } from 'react';

const tickMs = 1000;

/** The time, updated every second while `wanted`. */
export function useClock(wanted: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!wanted) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, [wanted]);
  return now;
}
