import { useEffect, useRef } from 'react';
import { t } from '../../language/t.ts';

/** Says in the tab's title that an answer is complete, if nobody saw it, until the tab is looked at. */
export function useTitleNotice(isBusy: boolean): void {
  const wasBusy = useRef(isBusy);
  useEffect(() => {
    const hasEnded = wasBusy.current && !isBusy;
    wasBusy.current = isBusy;
    if (!hasEnded || !document.hidden) return;
    const before = document.title;
    document.title = t('✓ Answer complete · {title}', { title: before });
    const restore = () => {
      document.title = before;
      document.removeEventListener('visibilitychange', restore);
    };
    document.addEventListener('visibilitychange', restore);
    return restore;
  }, [isBusy]);
}
