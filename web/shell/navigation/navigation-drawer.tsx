import { Menu as MenuIcon } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../language/t.ts';
import { iconButtonStyle } from '../../parts/buttons/icon-button.tsx';
import { SideDrawer } from '../../parts/overlays/side-drawer.tsx';
import { FeedbackButton } from '../site/feedback-button.tsx';
import { SiteLinks } from '../site/site-links.tsx';
import { AccountMenu } from './account-menu.tsx';
import { NavigationLinks } from './navigation-links.tsx';

interface NavigationDrawerProps {
  groups: readonly string[];
  onFeedback: () => void;
}

/** The sidebar of a phone. */
export function NavigationDrawer({ groups, onFeedback }: NavigationDrawerProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-label={t('Open menu')}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
        className={iconButtonStyle}
      >
        <MenuIcon aria-hidden />
      </button>
      <SideDrawer
        open={open}
        onOpenChange={setOpen}
        title={t('Menu')}
        footer={
          <>
            <FeedbackButton
              onClick={() => {
                setOpen(false);
                onFeedback();
              }}
            />
            <AccountMenu />
          </>
        }
      >
        <NavigationLinks groups={groups} onFollow={() => setOpen(false)} />
        <div className="px-2.5 pt-3">
          <SiteLinks onFollow={() => setOpen(false)} />
        </div>
      </SideDrawer>
    </>
  );
}
