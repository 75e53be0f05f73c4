import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { SignInForm } from '../screens/sign-in/sign-in-form.tsx';
import { useConsole, useSessionState } from './console-context.ts';
import { useMe } from './use-me.ts';

/** Asks to log in again over the screen one was on, so that what is typed there stays. */
export function ExpiredDialog() {
  const { session } = useConsole();
  const { status } = useSessionState();
  const email = useMe().data?.email;
  return (
    <Dialog
      open={status === 'expired'}
      onOpenChange={() => {}}
      dismissable={false}
      title="Log in again"
      description="Your session has ended. What you were doing goes on afterwards."
      footer={
        <Button variant="ghost" onClick={() => session.forget()}>
          Log out instead
        </Button>
      }
    >
      <SignInForm {...(email !== undefined && { email })} />
    </Dialog>
  );
}
