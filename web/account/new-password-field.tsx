import { clsx } from 'clsx';
import { Circle, CircleCheck } from 'lucide-react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { passwordRules } from '../../core/contract/accounts/password-policy.ts';
import { t } from '../language/t.ts';
import { PasswordField } from '../parts/forms/password-field.tsx';
import { needWords } from './password-rules.ts';

type NewPasswordFieldProps = UseFormRegisterReturn & {
  label: string;
  /** What is typed so far. */
  password: string;
  error: string | undefined;
};

/** Shows the password rules up front and ticks them off. */
export function NewPasswordField({ password, ...field }: NewPasswordFieldProps) {
  return (
    <div className="flex flex-col gap-2">
      <PasswordField autoComplete="new-password" {...field} />
      <ul aria-label={t('What the password needs')} className="grid gap-x-3 gap-y-1 text-sm sm:grid-cols-2">
        {passwordRules.map((rule) => (
          <Rule key={rule.need} need={needWords(rule)} isMet={rule.isMetBy(password)} />
        ))}
      </ul>
    </div>
  );
}

function Rule({ need, isMet }: { need: string; isMet: boolean }) {
  const Icon = isMet ? CircleCheck : Circle;
  return (
    <li className={clsx('flex items-center gap-1.5', isMet ? 'text-success' : 'text-ink-soft')}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span>
        <span className="sr-only">{isMet ? t('Done:') : t('Still needed:')} </span>
        {need}
      </span>
    </li>
  );
}
