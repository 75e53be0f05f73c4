import { AlertDialog } from '@base-ui/react/alert-dialog';
import { clsx } from 'clsx';
import { t } from '../../language/t.ts';
import { Alert } from '../alert.tsx';
import { Button } from '../buttons/button.tsx';
import { dialogStyle } from './dialog-style.ts';
import type { ConfirmProps } from './popup-props.ts';

export function ConfirmPopup(props: ConfirmProps) {
  const {
    open,
    onOpenChange,
    title,
    description,
    confirmLabel,
    danger = false,
    onConfirm,
    busy,
    error,
  } = props;
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !busy && onOpenChange(next)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={dialogStyle.backdrop} />
        <AlertDialog.Viewport className={dialogStyle.viewport}>
          <AlertDialog.Popup className={clsx(dialogStyle.popup, 'sm:max-w-md')}>
            <header className="flex flex-col gap-3 px-5 pt-4 pb-5 sm:px-6 sm:pt-5">
              <div>
                <AlertDialog.Title className={clsx(dialogStyle.title, 'wrap-anywhere')}>
                  {title}
                </AlertDialog.Title>
                <AlertDialog.Description className={dialogStyle.description}>
                  {description}
                </AlertDialog.Description>
              </div>
              {error !== undefined && <Alert tone="danger">{error}</Alert>}
            </header>
            <footer className={dialogStyle.footer}>
              <Button onClick={() => onOpenChange(false)} disabled={busy}>
                {t('Cancel')}
              </Button>
              <Button variant={danger ? 'danger' : 'primary'} onClick={onConfirm} busy={busy}>
                {confirmLabel}
              </Button>
            </footer>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
