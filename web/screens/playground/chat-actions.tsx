import { Code, Columns2, MessagesSquare, Plus, SlidersHorizontal } from 'lucide-react';
import { t } from '../../language/t.ts';
import { Button } from '../../parts/buttons/button.tsx';
import { useShortcut } from '../../shell/palette/shortcuts.ts';
import type { ChatDialog } from './chat-dialogs.tsx';

interface ChatActionsProps {
  isEmpty: boolean;
  canCompare: boolean;
  onOpen: (dialog: ChatDialog) => void;
  onNewChat: () => void;
  /** Undefined while two models are compared. */
  onCompare: (() => void) | undefined;
}

export function ChatActions({ isEmpty, canCompare, onOpen, onNewChat, onCompare }: ChatActionsProps) {
  useShortcut('n', () => isEmpty || onNewChat());
  return (
    <>
      {/* Wide screens show the settings beside the chat. */}
      <span className="xl:hidden">
        <Button size="small" icon={<SlidersHorizontal aria-hidden />} onClick={() => onOpen('settings')}>
          {t('Settings')}
        </Button>
      </span>
      <Button size="small" icon={<Code aria-hidden />} onClick={() => onOpen('snippet')}>
        {t('Get code')}
      </Button>
      <Button size="small" icon={<MessagesSquare aria-hidden />} onClick={() => onOpen('chats')}>
        {t('Chats')}
      </Button>
      {onCompare !== undefined && (
        <Button size="small" icon={<Columns2 aria-hidden />} disabled={!canCompare} onClick={onCompare}>
          {t('Compare')}
        </Button>
      )}
      <Button size="small" icon={<Plus aria-hidden />} disabled={isEmpty} onClick={onNewChat}>
        {t('New chat')}
      </Button>
    </>
  );
}
