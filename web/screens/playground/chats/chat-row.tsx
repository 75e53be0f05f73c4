import { Download, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { t } from '../../../language/t.ts';
import { timeWords } from '../../../language/time-words.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { IconButton } from '../../../parts/buttons/icon-button.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../../parts/overlays/menu.tsx';
import type { Conversation } from '../conversation.ts';
import { chatName } from './chat-name.ts';
import { exportAs } from './export-chat.ts';

interface ChatRowProps {
  chat: Conversation;
  isOpen: boolean;
  onOpen: () => void;
  onRename: (name: string) => void;
  onDelete: () => void;
}

export function ChatRow({ chat, isOpen, onOpen, onRename, onDelete }: ChatRowProps) {
  const [isRenaming, setRenaming] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const name = chatName(chat);
  if (isRenaming) {
    const end = (next?: string) => {
      if (next !== undefined) onRename(next);
      setRenaming(false);
      requestAnimationFrame(() => opener.current?.focus());
    };
    return (
      <li className="px-2 py-2">
        <NameForm name={name} onEnd={end} />
      </li>
    );
  }
  return (
    <li className="flex items-center gap-1 rounded-md hover:bg-hover">
      <button
        ref={opener}
        type="button"
        aria-current={isOpen}
        onClick={onOpen}
        className="min-w-0 flex-1 rounded-md px-2 py-2 text-left touch:min-h-11"
      >
        <span dir="auto" className="block truncate text-left font-medium">
          {name}
        </span>
        <span className="flex flex-wrap items-center gap-2 text-ink-faint text-sm">
          {t('{count, plural, one {# question} other {# questions}}, {when}', {
            count: chat.turns.length,
            when: timeWords(chat.askedAt, Date.now()),
          })}
          {isOpen && <Badge tone="accent">{t('open@@chat')}</Badge>}
        </span>
      </button>
      <Menu trigger={<IconButton label={t('More for “{name}”', { name })} icon={<Ellipsis aria-hidden />} />}>
        <MenuItem icon={<Pencil aria-hidden />} onClick={() => setRenaming(true)}>
          {t('Rename')}
        </MenuItem>
        <MenuItem icon={<Download aria-hidden />} onClick={() => exportAs.markdown(chat)}>
          {t('Export as Markdown')}
        </MenuItem>
        <MenuItem icon={<Download aria-hidden />} onClick={() => exportAs.json(chat)}>
          {t('Export as JSON')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 aria-hidden />} onClick={onDelete}>
          {t('Delete')}
        </MenuItem>
      </Menu>
    </li>
  );
}

function NameForm({ name, onEnd }: { name: string; onEnd: (name?: string) => void }) {
  const [typed, setTyped] = useState(name);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The menu gives the focus back to its button first.
    const frame = requestAnimationFrame(() => field.current?.select());
    return () => cancelAnimationFrame(frame);
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onEnd(typed);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <TextField
        ref={field}
        label={t('Name')}
        maxLength={100}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // The dialog stays.
          event.stopPropagation();
          onEnd();
        }}
      />
      <div className="flex justify-end gap-2">
        <Button size="small" variant="ghost" onClick={() => onEnd()}>
          {t('Cancel')}
        </Button>
        <Button size="small" variant="primary" type="submit">
          {t('Save')}
        </Button>
      </div>
    </form>
  );
}
