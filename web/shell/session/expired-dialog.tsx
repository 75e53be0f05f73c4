import { useRef } from 'react';
import { LogInForm } from '../../account/log-in-form.tsx';
import { t } from '../../language/t.ts';
import { Button } from '../../parts/buttons/button.tsx';
import { Dialog } from '../../parts/overlays/dialog.tsx';
import { useConsole, useSessionState } from '../console-context.ts';
import { useMe } from './use-me.ts';

/** Asks the user to log in again above the current screen, so that what they typed there stays. */
export function ExpiredDialog() {
  const { session } = useConsole();
  const { status } = useSessionState();
  const email = useMe().data?.email;
  const form = useRef<HTMLDivElement>(null);
  const password = () =>
    email === undefined ? null : (form.current?.querySelector<HTMLElement>('input[type="password"]') ?? null);
  return (
    <Dialog
      open={status === 'expired'}
      onOpenChange={() => {}}
      dismissable={false}
      initialFocus={password}
      title={t('Log in again')}
      description={t('Your session has ended. Log in to continue where you left off.')}
      footer={
        <Button variant="ghost" onClick={() => session.forget()}>
          {t('Log out instead')}
        </Button>
      }
    >
      <div ref={form}>
        <LogInForm {...(email !== undefined && { email })} />
      </div>
    </Dialog>
  );
}
