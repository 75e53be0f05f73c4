import { useSyncExternalStore } from 'react';
import { useOnDemand } from '../../on-demand.ts';
import { popups } from '../load-popups.ts';
import { tip } from '../tip.ts';

/** Rendered once, in each layout: what `toasts.add` and tooltips show. */
export function Toaster() {
  const hasTip = useSyncExternalStore(tip.subscribe, () => tip.shown() !== undefined);
  const loaded = useOnDemand(popups, hasTip);
  return (
    loaded !== undefined && (
      <>
        <loaded.ToastList />
        <loaded.ShownTooltip />
      </>
    )
  );
}
