import { MessageSquareText } from 'lucide-react';
import { t } from '../../language/t.ts';
import { useConsole } from '../console-context.ts';

/** Only where the operator can be written to. */
export function FeedbackButton({ onClick }: { onClick: () => void }) {
  if (!useConsole().config.site.feedback) return null;
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex h-9 w-full items-center gap-2.5 rounded-md px-2.5 font-medium text-ink-soft transition-colors hover:bg-hover hover:text-ink touch:h-11"
    >
      <MessageSquareText aria-hidden className="size-4 shrink-0" />
      {t('Send feedback')}
    </button>
  );
}
