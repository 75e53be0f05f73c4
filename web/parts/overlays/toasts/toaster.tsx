import { useOnDemand } from '../../on-demand.ts';
import { popups } from '../load-popups.ts';

/** Rendered once, in each layout: what `toasts.add` and tooltips show. */
export function Toaster() {
  const loaded = useOnDemand(popups, false);
  return (
    loaded !== undefined && (
      <>
        <loaded.ToastList />
        <loaded.ShownTooltip />
      </>
    )
  );
}
