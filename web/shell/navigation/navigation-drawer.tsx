import { Drawer } from '@base-ui/react/drawer';
import { Menu as MenuIcon, X } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../language/t.ts';
import { iconButtonStyle } from '../../parts/buttons/icon-button.tsx';
import { dialogStyle } from '../../parts/overlays/dialog-style.ts';
import { FeedbackButton } from '../site/feedback-button.tsx';
import { SiteLinks } from '../site/site-links.tsx';
import { AccountMenu } from './account-menu.tsx';
import { NavigationLinks } from './navigation-links.tsx';

interface NavigationDrawerProps {
  groups: readonly string[];
  onFeedback: () => void;
}

/** The sidebar of a phone; can be swiped away. */
export function NavigationDrawer({ groups, onFeedback }: NavigationDrawerProps) {
  const [open, setOpen] = useState(false);
  return (
    <Drawer.Root open={open} onOpenChange={setOpen} swipeDirection="right">
      <Drawer.Trigger aria-label={t('Open menu')} className={iconButtonStyle}>
        <MenuIcon aria-hidden />
      </Drawer.Trigger>
      <Drawer.Portal>
        <Drawer.Backdrop className={dialogStyle.backdrop} />
        <Drawer.Viewport className="fixed inset-0 z-40 flex justify-end">
          <Drawer.Popup className="flex h-full w-72 max-w-[85vw] translate-x-(--drawer-swipe-movement-x) flex-col bg-raised text-ink shadow-popup outline-hidden transition-transform duration-200 data-ending-style:translate-x-full data-starting-style:translate-x-full data-swiping:transition-none">
            <div className="flex h-14 items-center justify-between pr-3 pl-5">
              <Drawer.Title className="font-semibold">{t('Menu')}</Drawer.Title>
              <Drawer.Close aria-label={t('Close menu')} className={iconButtonStyle}>
                <X aria-hidden />
              </Drawer.Close>
            </div>
            <Drawer.Content className="flex-1 overflow-y-auto px-2.5 py-2">
              <NavigationLinks groups={groups} onFollow={() => setOpen(false)} />
            </Drawer.Content>
            <div className="px-5 pb-1">
              <SiteLinks onFollow={() => setOpen(false)} />
            </div>
            <div className="border-line border-t p-2.5">
              <FeedbackButton
                onClick={() => {
                  setOpen(false);
                  onFeedback();
                }}
              />
              <AccountMenu />
            </div>
          </Drawer.Popup>
        </Drawer.Viewport>
      </Drawer.Portal>
    </Drawer.Root>
  );
}
