import { X } from 'lucide-react';
import { useRef } from 'react';
import { t } from '../../../language/t.ts';
import { IconButton } from '../../../parts/buttons/icon-button.tsx';
import type { Attachment } from './attachment.ts';
import { AttachmentChip } from './attachment-chip.tsx';

interface AttachmentListProps {
  attachments: readonly Attachment[];
  /** Undefined once they can't be removed. */
  onRemove?: ((id: string) => void) | undefined;
  /** Must take the focus when the last one is removed. */
  onEmptied?: () => void;
  align?: 'start' | 'end';
}

export function AttachmentList({ attachments, onRemove, onEmptied, align = 'start' }: AttachmentListProps) {
  const list = useRef<HTMLUListElement>(null);
  if (attachments.length === 0) return null;
  const remove = (id: string, place: number) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const next = buttons[place + 1] ?? buttons[place - 1];
    if (next === undefined) onEmptied?.();
    else next.focus();
    onRemove?.(id);
  };
  return (
    <ul
      ref={list}
      aria-label={t('Attachments')}
      className={`flex min-w-0 max-w-full flex-wrap gap-2 ${align === 'end' ? 'justify-end' : ''}`}
    >
      {attachments.map((attachment, place) => (
        <li key={attachment.id} className="min-w-0 max-w-full">
          <AttachmentChip
            attachment={attachment}
            action={
              onRemove && (
                <IconButton
                  label={t('Remove {name}', { name: attachment.name })}
                  icon={<X aria-hidden />}
                  onClick={() => remove(attachment.id, place)}
                />
              )
            }
          />
        </li>
      ))}
    </ul>
  );
}
