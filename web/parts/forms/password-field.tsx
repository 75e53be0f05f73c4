import { clsx } from 'clsx';
import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { t } from '../../language/t.ts';
import { controlStyle, FieldFrame, type FieldFrameProps } from './field-frame.tsx';

type PasswordFieldProps = Omit<FieldFrameProps, 'optional'> &
  Omit<ComponentProps<'input'>, 'className' | 'defaultValue' | 'type' | 'autoComplete'> & {
    /** Tells password managers which one is meant. */
    autoComplete: 'current-password' | 'new-password';
  };

/** Can be shown, accepts pasting, and warns about Caps Lock. */
export function PasswordField({ label, hint, error, disabled, ...control }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <FieldFrame
      label={label}
      error={error}
      disabled={disabled ?? false}
      hint={capsLock ? t('Caps Lock is on.') : hint}
    >
      {(field) => (
        <div className="relative">
          <input
            {...control}
            {...field}
            type={shown ? 'text' : 'password'}
            autoCapitalize="none"
            spellCheck={false}
            onKeyUp={(event) => setCapsLock(event.getModifierState('CapsLock'))}
            className={clsx(controlStyle, 'h-9 pr-11 touch:h-11')}
          />
          <button
            type="button"
            aria-label={shown ? t('Hide password') : t('Show password')}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-0 flex w-10 items-center justify-center rounded-md text-ink-faint hover:text-ink touch:w-11"
          >
            <Icon aria-hidden className="size-4" />
          </button>
        </div>
      )}
    </FieldFrame>
  );
}
