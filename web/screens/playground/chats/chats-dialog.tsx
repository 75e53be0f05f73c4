import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { Checkbox } from '../../../parts/forms/checkbox.tsx';
import { Dialog } from '../../../parts/overlays/dialog.tsx';
import { toasts } from '../../../parts/overlays/toasts/toasts.ts';
import type { Conversation } from '../conversation.ts';
import { useConversations, usePlayground, useStored } from '../use-playground.ts';
import { ChatRow } from './chat-row.tsx';

interface ChatsDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The user has chosen a conversation. */
  onOpened: () => void;
}

/** Every conversation, the one asked last first, and whether they are kept in this browser. */
export function ChatsDialog({ open, onOpenChange, onOpened }: ChatsDialogProps) {
  const { conversations, keeping } = usePlayground();
  const { all, openId } = useConversations();
  const list = useRef<HTMLUListElement>(null);
  const chats = all
    .filter(({ turns }) => turns.length > 0)
    .toSorted((one, other) => other.askedAt - one.askedAt);
  const leave = () => {
    onOpenChange(false);
    onOpened();
  };
  const remove = (chat: Conversation) => {
    const removed = conversations.remove(chat.id);
    if (removed === undefined) return;
    list.current?.focus();
    const toast = toasts.add({
      title: t('Chat deleted'),
      timeout: 10_000,
      type: 'success',
      actionProps: {
        children: t('Undo'),
        onClick() {
          conversations.restore(removed);
          toasts.close(toast);
        },
      },
    });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('Chats')}
      footer={
        <Button
          icon={<Plus aria-hidden />}
          onClick={() => {
            conversations.startNew();
            leave();
          }}
        >
          {t('New chat')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {chats.length === 0 ? (
          <p className="text-ink-soft">{t('There are no chats yet.')}</p>
        ) : (
          <ul ref={list} tabIndex={-1} aria-label={t('Chats')} className="-mx-2 flex flex-col outline-none">
            {chats.map((chat) => (
              <ChatRow
                key={chat.id}
                chat={chat}
                isOpen={chat.id === openId}
                onOpen={() => {
                  conversations.open(chat.id);
                  leave();
                }}
                onRename={(name) => conversations.rename(chat.id, name)}
                onDelete={() => remove(chat)}
              />
            ))}
          </ul>
        )}
        <Keeping keeping={keeping} />
      </div>
    </Dialog>
  );
}

function Keeping({ keeping }: Pick<ReturnType<typeof usePlayground>, 'keeping'>) {
  const { isKept, isFailing } = useStored(keeping);
  return (
    <div className="border-line border-t pt-3">
      <Checkbox
        label={t('Keep chats in this browser')}
        hint={
          isKept
            ? t(
                'Stored on this device alone, not encrypted, with their attachments. They are shown only while you are logged in. Unticking deletes them from the browser.',
              )
            : t(
                'They are in this tab’s memory now and end with it. Ticked, they are stored on this device alone, not encrypted, with their attachments.',
              )
        }
        checked={isKept}
        onChange={(isWanted) => void (isWanted ? keeping.keep() : keeping.forget())}
      />
      {isFailing && (
        <p role="alert" className="mt-1 text-danger text-sm">
          {t('The browser could not store everything. It may be out of space, or block storage.')}
        </p>
      )}
    </div>
  );
}
