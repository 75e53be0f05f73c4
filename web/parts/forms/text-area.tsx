import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { controlStyle, FieldFrame, type FieldFrameProps } from './field-frame.tsx';

type TextAreaProps = FieldFrameProps &
  Omit<ComponentProps<'textarea'>, 'className' | 'defaultValue'> & {
    /** For JSON and other code. */
    mono?: boolean;
  };

/** Grows with its content where the browser supports it. */
export function TextArea(props: TextAreaProps) {
  const { label, hint, error, optional, disabled, mono = false, ...control } = props;
  return (
    <FieldFrame
      label={label}
      hint={hint}
      error={error}
      optional={optional ?? false}
      disabled={disabled ?? false}
    >
      {(field) => (
        <textarea
          dir="auto"
          rows={3}
          {...control}
          {...field}
          className={clsx(controlStyle, 'field-sizing-content max-h-80 min-h-20 py-2', mono && 'font-mono')}
        />
      )}
    </FieldFrame>
  );
}
