import { t } from '../language/t.ts';
import type { ButtonVariant } from '../parts/buttons/button-style.ts';
import { CopyButton } from '../parts/buttons/copy-button.tsx';

/** A link to hand over: whole, in sight, and to be copied. */
export function MessageLinkBox({ link, variant = 'primary' }: { link: string; variant?: ButtonVariant }) {
  return (
    <div className="flex flex-col gap-2.5">
      <code className="select-all break-all rounded-md border border-line-strong bg-sunken px-3 py-2.5 font-mono text-sm">
        {link}
      </code>
      <div>
        <CopyButton text={link} label={t('Copy link')} words={t('Copy link')} variant={variant} />
      </div>
    </div>
  );
}
