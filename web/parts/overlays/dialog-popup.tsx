import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { t } from '../../language/t.ts';
import { iconButtonStyle } from '../buttons/icon-button.tsx';
import { dialogStyle } from './dialog-style.ts';
import type { DialogProps } from './popup-props.ts';

export function DialogPopup(props: DialogProps) {
  const {
    open,
    onOpenChange,
    title,
    description,
    size = 'medium',
    dismissable = true,
    initialFocus,
    children,
    footer,
  } = props;
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange} disablePointerDismissal={!dismissable}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={dialogStyle.backdrop} />
        <BaseDialog.Viewport className={dialogStyle.viewport}>
          <BaseDialog.Popup
            {...(initialFocus !== undefined && { initialFocus })}
            className={clsx(dialogStyle.popup, size === 'wide' ? 'sm:max-w-2xl' : 'sm:max-w-md')}
          >
            <HeadAndBody
              head={
                <>
                  <div className="min-w-0">
                    <BaseDialog.Title className={dialogStyle.title}>{title}</BaseDialog.Title>
                    {description !== undefined && (
                      <BaseDialog.Description className={dialogStyle.description}>
                        {description}
                      </BaseDialog.Description>
                    )}
                  </div>
                  {dismissable && (
                    <BaseDialog.Close
                      aria-label={t('Close')}
                      className={clsx(iconButtonStyle, '-mt-1 -mr-2')}
                    >
                      <X aria-hidden />
                    </BaseDialog.Close>
                  )}
                </>
              }
            >
              {children}
            </HeadAndBody>
            {footer !== undefined && <footer className={dialogStyle.footer}>{footer}</footer>}
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

/** The head has an edge as soon as the body is scrolled below it. */
function HeadAndBody({ head, children }: { head: ReactNode; children: ReactNode }) {
  const [isScrolled, setIsScrolled] = useState(false);
  return (
    <>
      <header
        className={clsx(
          'flex items-start justify-between gap-4 border-b px-5 pt-4 pb-2 sm:px-6 sm:pt-5',
          isScrolled ? 'border-line' : 'border-transparent',
        )}
      >
        {head}
      </header>
      <div
        className="min-h-0 overflow-y-auto px-5 pt-2 pb-4 sm:px-6"
        onScroll={({ currentTarget }) => setIsScrolled(currentTarget.scrollTop > 0)}
      >
        {children}
      </div>
    </>
  );
}
