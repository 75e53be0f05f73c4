import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { controlStyle, FieldFrame, type FieldFrameProps } from './field-frame.tsx';

type SecretFieldProps = FieldFrameProps &
  Omit<ComponentProps<'input'>, 'className' | 'defaultValue' | 'type' | 'autoComplete'>;

/** For keys: shown as dots, but not of type password, so that no browser offers to save it. */
export function SecretField({ label, hint, error, optional, disabled, ...control }: SecretFieldProps) {
  return (
    <FieldFrame
      label={label}
      hint={hint}
      error={error}
      optional={optional ?? false}
      disabled={disabled ?? false}
    >
      {(field) => (
        <input
          {...control}
          {...field}
          type="text"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className={clsx(controlStyle, 'h-9 font-mono [-webkit-text-security:disc] touch:h-11')}
        />
      )}
    </FieldFrame>
  );
}
