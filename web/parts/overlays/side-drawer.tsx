import { useOnDemand } from '../on-demand.ts';
import { popups } from './load-popups.ts';
import type { SideDrawerProps } from './popup-props.ts';

/** From the right edge of a phone; can be swiped away. */
export function SideDrawer(props: SideDrawerProps) {
  const DrawerPopup = useOnDemand(popups, props.open)?.DrawerPopup;
  return DrawerPopup !== undefined && <DrawerPopup {...props} />;
}
