import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { controlStyle, FieldFrame, type FieldFrameProps } from './field-frame.tsx';

type TextFieldProps = FieldFrameProps &
  Omit<ComponentProps<'input'>, 'className' | 'defaultValue'> & {
    defaultValue?: string;
    /** For ids, codes and the like. */
    mono?: boolean;
  };

/** Takes what React Hook Form's `register` returns. */
export function TextField({ label, hint, error, optional, mono = false, ...control }: TextFieldProps) {
  const frame = {
    label,
    hint,
    ...(error !== undefined && { error }),
    ...(optional !== undefined && { optional }),
  };
  return (
    <FieldFrame {...frame} disabled={control.disabled ?? false}>
      {(field) => (
        <input
          dir="auto"
          {...control}
          {...field}
          className={clsx(controlStyle, 'h-9 touch:h-11', mono && 'font-mono')}
        />
      )}
    </FieldFrame>
  );
}
