import { useMutation } from '@tanstack/react-query';
import { Fingerprint } from 'lucide-react';
import { t } from '../language/t.ts';
import { Alert } from '../parts/alert.tsx';
import { Button } from '../parts/buttons/button.tsx';
import { useConsole } from '../shell/console-context.ts';
import { PasskeyError, signWithPasskey, takesPasskeys } from './passkeys.ts';
import { refusalWords } from './refusal-words.ts';

interface PasskeyButtonProps {
  /** @returns the address, or undefined if the form has none yet */
  askForEmail(): Promise<string | undefined>;
}

/** Cognito starts a login by passkey for an address only, so that is asked for first. On success the session changes. */
export function PasskeyButton({ askForEmail }: PasskeyButtonProps) {
  const { session, config } = useConsole();
  const logIn = useMutation({
    mutationFn: async () => {
      const email = await askForEmail();
      if (email !== undefined) await session.logInWithPasskey(email, signWithPasskey);
    },
  });
  if (config.logIn.passkeys === 'off' || !takesPasskeys()) return null;
  return (
    <>
      {logIn.isError && (
        <Alert tone="danger">
          {logIn.error instanceof PasskeyError ? logIn.error.message : refusalWords(logIn.error)}
        </Alert>
      )}
      <Button wide icon={<Fingerprint aria-hidden />} busy={logIn.isPending} onClick={() => logIn.mutate()}>
        {t('Log in with a passkey')}
      </Button>
    </>
  );
}
