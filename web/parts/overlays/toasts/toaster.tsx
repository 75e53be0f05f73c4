import { useSyncExternalStore } from 'react';
import { useOnDemand } from '../../on-demand.ts';
import { popups } from '../load-popups.ts';
import { tooltipState } from '../tooltip-state.ts';

/** Rendered once, in each layout: what `toasts.add` and tooltips show. */
export function Toaster() {
  const hasTip = useSyncExternalStore(tooltipState.subscribe, () => tooltipState.shown() !== undefined);
  const loaded = useOnDemand(popups, hasTip);
  return (
    loaded !== undefined && (
      <>
        <loaded.ToastList />
        <loaded.TooltipPopup />
      </>
    )
  );
}
