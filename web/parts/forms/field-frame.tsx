import { Field } from '@base-ui/react/field';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../language/t.ts';

export interface FieldFrameProps {
  label: string;
  /** Always shown: says what is wanted. */
  hint?: ReactNode;
  /** What is wrong, if anything. */
  error?: string | undefined;
  optional?: boolean;
  disabled?: boolean;
}

/** Label, control, hint and error, associated by Base UI's Field. */
export function FieldFrame({
  label,
  hint,
  error,
  optional,
  disabled,
  children,
}: FieldFrameProps & { children: ReactNode }) {
  return (
    <Field.Root invalid={error !== undefined} disabled={disabled ?? false} className="flex flex-col gap-1.5">
      <Field.Label className="flex items-baseline gap-1.5 self-start font-medium text-sm">
        {label}
        {optional && <span className="font-normal text-ink-faint">{t('optional')}</span>}
      </Field.Label>
      {children}
      {error !== undefined && (
        <Field.Error match className="flex gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {error}
        </Field.Error>
      )}
      {hint !== undefined && <Field.Description className="text-ink-faint text-sm">{hint}</Field.Description>}
    </Field.Root>
  );
}

/** On phones, text is 16 pixels: iOS zooms in on smaller fields. A field that takes the focus leaves room for its error. */
export const controlStyle =
  'w-full min-w-0 scroll-mb-14 rounded-md border border-line-strong bg-surface px-3 text-ink text-base shadow-card transition-colors placeholder:text-ink-faint hover:border-ink-faint focus-visible:border-accent focus-visible:outline-offset-0 data-invalid:border-danger disabled:bg-sunken disabled:text-ink-faint touch:text-lg';
