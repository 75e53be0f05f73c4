import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { challengeBody } from '../../core/contract/accounts/authenticator.ts';
import { t } from '../language/t.ts';
import { Alert } from '../parts/alert.tsx';
import { Button } from '../parts/buttons/button.tsx';
import { useConsole } from '../shell/console-context.ts';
import { CodeField } from './code-field.tsx';
import { showAccountRefusal } from './refusal-words.ts';
import { useOneAtATime } from './use-one-at-a-time.ts';

interface ChallengeFormProps {
  challenge: string;
  onGiveUp(): void;
}

/** The second step of a login: on success the session changes, and the screen with it. */
export function ChallengeForm({ challenge, onGiveUp }: ChallengeFormProps) {
  const { session } = useConsole();
  const form = useForm({
    resolver: zodResolver(challengeBody),
    defaultValues: { session: challenge, code: '' },
  });
  const { errors, isSubmitting } = form.formState;
  const { setFocus } = form;
  useEffect(() => setFocus('code'), [setFocus]);
  const submit = useOneAtATime(
    form.handleSubmit(async ({ code }) => {
      try {
        await session.answerChallenge(challenge, code);
      } catch (error) {
        showAccountRefusal(error, form.setError, ['code']);
      }
    }),
  );
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {errors.root?.message !== undefined && <Alert tone="danger">{errors.root.message}</Alert>}
      <p className="text-ink-soft">{t('Enter the code that your authenticator app shows.')}</p>
      <CodeField fault={errors.code?.message} onComplete={() => void submit()} {...form.register('code')} />
      <Button type="submit" variant="primary" wide busy={isSubmitting}>
        {t('Log in')}
      </Button>
      <Button variant="ghost" wide onClick={onGiveUp}>
        {t('Begin again')}
      </Button>
      <p className="text-ink-faint text-sm">
        {t('Without your app? An admin of this service can turn its codes off.')}
      </p>
    </form>
  );
}
