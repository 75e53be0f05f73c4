import { useOnDemand } from '../on-demand.ts';
import { popups } from './load-popups.ts';
import type { DialogProps } from './popup-props.ts';

/** Centred on desktops, at the bottom on phones. */
export function Dialog(props: DialogProps) {
  const DialogPopup = useOnDemand(popups, props.open)?.DialogPopup;
  return DialogPopup !== undefined && <DialogPopup {...props} />;
}
