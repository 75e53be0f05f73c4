import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
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

/** What associates a control with its label, its hint and its error. */
export interface FieldControl {
  id: string;
  disabled: boolean;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** Label, control, hint and error. */
export function FieldFrame({
  label,
  hint,
  error,
  optional,
  disabled,
  children,
}: FieldFrameProps & { children: (control: FieldControl) => ReactNode }) {
  const id = useId();
  const described = [error !== undefined && `${id}-error`, hint !== undefined && `${id}-hint`];
  return (
    <div className="flex flex-col gap-1.5">
      <label
        htmlFor={id}
        id={`${id}-label`}
        className="flex items-baseline gap-1.5 self-start font-medium text-sm"
      >
        {label}
        {optional && <span className="font-normal text-ink-faint">{t('optional')}</span>}
      </label>
      {children({
        id,
        disabled: disabled ?? false,
        'aria-describedby': described.filter(Boolean).join(' ') || undefined,
        'aria-invalid': error !== undefined || undefined,
      })}
      {error !== undefined && (
        <div id={`${id}-error`} className="flex gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {error}
        </div>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-ink-faint text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}

/** On phones, text is 16 pixels: iOS zooms in on smaller fields. A field that takes the focus leaves room for its error. */
export const controlStyle =
  'w-full min-w-0 scroll-mb-14 rounded-md border border-line-strong bg-surface px-3 text-ink text-base shadow-card transition-colors placeholder:text-ink-faint hover:border-ink-faint focus-visible:border-accent focus-visible:outline-offset-0 aria-[invalid=true]:border-danger disabled:bg-sunken disabled:text-ink-faint touch:text-lg';
