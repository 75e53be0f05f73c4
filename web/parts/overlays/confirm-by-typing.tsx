import { useOnDemand } from '../on-demand.ts';
import { popups } from './load-popups.ts';
import type { ConfirmByTypingProps } from './popup-props.ts';

/** For what can't be undone. Empty each time it opens. */
export function ConfirmByTyping(props: ConfirmByTypingProps) {
  const ConfirmByTypingPopup = useOnDemand(popups, props.open)?.ConfirmByTypingPopup;
  return ConfirmByTypingPopup !== undefined && <ConfirmByTypingPopup {...props} />;
}
