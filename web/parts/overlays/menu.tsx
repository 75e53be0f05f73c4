import { cloneElement, type KeyboardEvent, useState } from 'react';
import { useOnDemand } from '../on-demand.ts';
import { popups } from './load-popups.ts';
import type { MenuChoiceProps, MenuItemProps, MenuLinkProps, MenuProps } from './popup-props.ts';

/** Until it is opened for the first time, it is nothing but its button. */
export function Menu(props: MenuProps) {
  const [isWanted, setIsWanted] = useState(false);
  const loaded = useOnDemand(popups, isWanted);
  if (isWanted && loaded !== undefined) return <loaded.MenuPopup {...props} />;
  return cloneElement(props.trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: () => setIsWanted(true),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      setIsWanted(true);
    },
  });
}

export function MenuItem(props: MenuItemProps) {
  const loaded = popups.loaded();
  return loaded !== undefined && <loaded.PopupItem {...props} />;
}

export function MenuLink(props: MenuLinkProps) {
  const loaded = popups.loaded();
  return loaded !== undefined && <loaded.PopupLink {...props} />;
}

/** One of several options, inside a menu. */
export function MenuChoice<Value extends string>(props: MenuChoiceProps<Value>) {
  const loaded = popups.loaded();
  return loaded !== undefined && <loaded.PopupChoice {...props} />;
}

export function MenuSeparator() {
  const loaded = popups.loaded();
  return loaded !== undefined && <loaded.PopupSeparator />;
}
