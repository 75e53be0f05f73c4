import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toasts } from '../overlays/toasts.ts';
import { Button } from './button.tsx';
import type { ButtonVariant } from './button-style.ts';
import { IconButton } from './icon-button.tsx';

interface CopyButtonProps {
  text: string;
  /** What a screen reader says: "Copy key". */
  label: string;
  /** With it the button has words, otherwise only an icon. */
  words?: string;
  variant?: ButtonVariant;
  onCopied?: () => void;
}

const shownMs = 2000;

/** Says that it copied, to eyes and to ears. */
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
        title: 'Not copied',
        description: 'The browser refused. Select the text and copy it.',
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
          {copied ? 'Copied' : words}
        </Button>
      )}
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </>
  );
}
