import type { ReactNode } from 'react';
import { useOnDemand } from '../on-demand.ts';
import { popups } from './load-popups.ts';

export interface SideDrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  footer: ReactNode;
}

/** From the right edge of a phone; can be swiped away. */
export function SideDrawer(props: SideDrawerProps) {
  const DrawerPopup = useOnDemand(popups, props.open)?.DrawerPopup;
  return DrawerPopup !== undefined && <DrawerPopup {...props} />;
}
