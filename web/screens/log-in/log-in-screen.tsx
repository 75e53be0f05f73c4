import { useEffect, useState } from 'react';
import { accountPath } from '../../account/account-path.ts';
import { LogInForm } from '../../account/log-in-form.tsx';
import { type PartingWord, partingWord } from '../../account/parting-word.ts';
import { useCarried } from '../../account/use-carried.ts';
import { T } from '../../language/rich-text.tsx';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { TextLink } from '../../parts/buttons/text-link.tsx';
import { AccountCard } from '../../shell/account-card.tsx';
import { useConsole } from '../../shell/console-context.ts';
import { RefusedNotice } from './refused-notice.tsx';

export function LogInScreen() {
  const { email, next } = useCarried();
  const { passwords } = useConsole().config.logIn;
  const [step, setStep] = useState<'password' | 'code'>('password');
  return (
    <AccountCard
      title={t('Log in')}
      {...(step === 'password' && { description: t('Continue to your keys, usage and playground.') })}
      footer={
        passwords === 'on' &&
        step === 'password' && (
          <T
            text="New here? <a>Create an account</a>"
            a={(words) => <TextLink to={accountPath('/sign-up', { next })}>{words}</TextLink>}
          />
        )
      }
    >
      <div className="flex flex-col gap-4">
        <PartingNotice />
        <RefusedNotice />
        <LogInForm
          {...(email !== undefined && { email })}
          onStep={setStep}
          aside={
            <p className="-mt-1 text-right text-sm">
              <TextLink to={accountPath('/forgot-password', { email, next })}>
                {t('Forgot your password?')}
              </TextLink>
            </p>
          }
        />
      </div>
    </AccountCard>
  );
}

const words: Record<PartingWord, () => string> = {
  confirmed: () => t('Your address is confirmed. Log in to continue.'),
  'password-set': () => t('Your new password is set. Log in with it.'),
  'logged-out-everywhere': () => t('You are logged out on every device.'),
  deleted: () => t('Your account has been deleted, with its keys and usage.'),
};

/** Shown once. */
function PartingNotice() {
  const [word] = useState(partingWord.read);
  useEffect(() => partingWord.forget(), []);
  return word !== undefined && <Alert tone="success">{words[word]()}</Alert>;
}
