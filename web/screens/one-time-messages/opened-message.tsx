import { useEffect, useRef } from 'react';
import { t } from '../../language/t.ts';
import { CopyButton } from '../../parts/buttons/copy-button.tsx';
import { DocumentTitle } from '../../parts/document-title.tsx';

/** The only place where the message is left. */
export function OpenedMessage({ text }: { text: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section>
      <DocumentTitle>{t('Your message')}</DocumentTitle>
      <h1 ref={heading} tabIndex={-1} className="font-semibold text-2xl tracking-tight">
        {t('Your message')}
      </h1>
      <p className="mt-1.5 text-ink-soft">
        {t(
          'It has been deleted from the service. Copy it before you close or reload this page: it can’t be shown again.',
        )}
      </p>
      <div className="mt-6 flex flex-col gap-3">
        <section
          aria-label={t('Message')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
          tabIndex={0}
          className="max-h-96 select-text overflow-y-auto whitespace-pre-wrap break-words rounded-md border border-line-strong bg-sunken px-3.5 py-3 font-mono text-base"
        >
          {text}
        </section>
        <div>
          <CopyButton text={text} label={t('Copy message')} words={t('Copy message')} variant="primary" />
        </div>
      </div>
    </section>
  );
}
