import { Toast } from '@base-ui/react/toast';
import { clsx } from 'clsx';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect } from 'react';
import { t } from '../../../language/t.ts';
import { buttonStyle } from '../../buttons/button-style.ts';
import { iconButtonStyle } from '../../buttons/icon-button.tsx';
import { toastQueue } from './toast-queue.ts';

const shownMs = 5000;

const manager = Toast.createToastManager();

/** F6 moves the focus to it. */
export function ToastList() {
  useEffect(() => toastQueue.showBy(manager), []);
  return (
    <Toast.Provider toastManager={manager} limit={3} timeout={shownMs}>
      <Toast.Portal>
        {/* On phones, the buttons of a dialog are at the bottom. */}
        <Toast.Viewport className="fixed inset-x-4 bottom-4 z-50 flex flex-col gap-2 max-sm:in-[body:has(.dialog-backdrop)]:top-4 max-sm:in-[body:has(.dialog-backdrop)]:bottom-auto sm:right-6 sm:bottom-6 sm:left-auto sm:w-96">
          <Shown />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Shown() {
  const { toasts: shown } = Toast.useToastManager();
  return shown.map((toast) => {
    const failed = toast.type === 'error';
    const Icon = failed ? CircleAlert : CircleCheck;
    return (
      <Toast.Root
        key={toast.id}
        toast={toast}
        swipeDirection={['right', 'down']}
        className="rounded-lg bg-raised p-3.5 pr-2.5 shadow-popup forced-colors:border transition-[transform,opacity] duration-150 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
      >
        <Toast.Content className="flex items-start gap-2.5">
          <Icon
            aria-hidden
            className={clsx('mt-0.5 size-4 shrink-0 touch:mt-2.5', failed ? 'text-danger' : 'text-success')}
          />
          <div className="wrap-anywhere min-w-0 flex-1 touch:py-2">
            <Toast.Title className="font-medium" />
            <Toast.Description className="text-ink-soft" />
            <Toast.Action className={clsx(buttonStyle(undefined, 'small'), 'mt-2')} />
          </div>
          <Toast.Close aria-label={t('Dismiss')} className={clsx(iconButtonStyle, '-my-1')}>
            <X aria-hidden />
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    );
  });
}
