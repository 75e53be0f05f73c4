import { Tooltip } from '@base-ui/react/tooltip';
import { useSyncExternalStore } from 'react';
import { tooltipState } from './tooltip-state.ts';

export function TooltipPopup() {
  const shown = useSyncExternalStore(tooltipState.subscribe, tooltipState.shown);
  return (
    <Tooltip.Root open={shown !== undefined} onOpenChange={(open) => open || tooltipState.show(undefined)}>
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={shown?.element ?? null} sideOffset={6} className="z-50">
          <Tooltip.Popup className="max-w-72 wrap-anywhere rounded-md bg-ink px-2 py-1 text-canvas text-sm">
            {shown?.text}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
