import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../../language/t.ts';
import { toasts } from '../overlays/toasts/toasts.ts';
import { Button } from './button.tsx';
import type { ButtonVariant } from './button-style.ts';
import { IconButton } from './icon-button.tsx';

interface CopyButtonProps {
  text: string;
  /** For screen readers: "Copy key". */
  label: string;
  /** The visible text; without it the button is an icon. */
  words?: string;
  variant?: ButtonVariant;
  onCopied?: () => void;
}

const shownMs = 2000;

/** Confirms that it copied, visibly and to screen readers. */
export function CopyButton({ text, label, words, variant, onCopied }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      onCopied?.();
    } catch {
      toasts.add({
        type: 'error',
        title: t('Not copied'),
        description: t('Your browser refused. Select the text and copy it yourself.'),
      });
    }
  };
  const icon = copied ? <Check aria-hidden className="text-success" /> : <Copy aria-hidden />;
  return (
    <>
      {words === undefined ? (
        <IconButton label={label} icon={icon} onClick={copy} />
      ) : (
        <Button {...(variant !== undefined && { variant })} icon={icon} onClick={copy} aria-label={label}>
          {copied ? t('Copied') : words}
        </Button>
      )}
      <span role="status" className="sr-only">
        {copied ? t('Copied') : ''}
      </span>
    </>
  );
}
