import { useOnDemand } from '../on-demand.ts';
import { popups } from './load-popups.ts';
import type { ConfirmProps } from './popup-props.ts';

/** For what can be made good again; `ConfirmByTyping` is for what can't. */
export function Confirm(props: ConfirmProps) {
  const ConfirmPopup = useOnDemand(popups, props.open)?.ConfirmPopup;
  return ConfirmPopup !== undefined && <ConfirmPopup {...props} />;
}
