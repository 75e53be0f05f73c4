import { Drawer } from '@base-ui/react/drawer';
import { X } from 'lucide-react';
import { t } from '../../language/t.ts';
import { iconButtonStyle } from '../buttons/icon-button.tsx';
import { dialogStyle } from './dialog-style.ts';
import type { SideDrawerProps } from './popup-props.ts';

export function DrawerPopup({ open, onOpenChange, title, children, footer }: SideDrawerProps) {
  return (
    <Drawer.Root open={open} onOpenChange={onOpenChange} swipeDirection="right">
      <Drawer.Portal>
        <Drawer.Backdrop className={dialogStyle.backdrop} />
        <Drawer.Viewport className="fixed inset-0 z-40 flex justify-end">
          <Drawer.Popup className="flex h-full w-72 max-w-[85vw] translate-x-(--drawer-swipe-movement-x) flex-col bg-raised text-ink shadow-popup outline-hidden transition-transform duration-200 data-ending-style:translate-x-full data-starting-style:translate-x-full data-swiping:transition-none">
            <div className="flex h-14 items-center justify-between pr-3 pl-5">
              <Drawer.Title className="font-semibold">{title}</Drawer.Title>
              <Drawer.Close aria-label={t('Close menu')} className={iconButtonStyle}>
                <X aria-hidden />
              </Drawer.Close>
            </div>
            <Drawer.Content className="flex-1 overflow-y-auto px-2.5 py-2">{children}</Drawer.Content>
            <div className="border-line border-t p-2.5">{footer}</div>
          </Drawer.Popup>
        </Drawer.Viewport>
      </Drawer.Portal>
    </Drawer.Root>
  );
}
