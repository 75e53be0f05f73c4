import type { ComponentProps } from 'react';
import type { HeldKey } from '../../key-in-hand/key-in-hand.ts';
import { t } from '../../language/t.ts';
import { lately } from '../../parts/on-demand.ts';
import { Dialog } from '../../parts/overlays/dialog.tsx';
import type * as chats from './chats/chats-dialog.tsx';
import type * as keys from './key/key-dialog.tsx';
import { SettingsAndKey } from './settings/settings-and-key.tsx';
import type * as snippets from './snippets/snippet-dialog.tsx';

const ChatsDialog = lately<ComponentProps<typeof chats.ChatsDialog>>(() =>
  import('./chats/chats-dialog.tsx').then((module) => module.ChatsDialog),
);
const KeyDialog = lately<ComponentProps<typeof keys.KeyDialog>>(() =>
  import('./key/key-dialog.tsx').then((module) => module.KeyDialog),
);
const SnippetDialog = lately<ComponentProps<typeof snippets.SnippetDialog>>(() =>
  import('./snippets/snippet-dialog.tsx').then((module) => module.SnippetDialog),
);

export type ChatDialog = 'chats' | 'key' | 'settings' | 'snippet' | undefined;

interface ChatDialogsProps {
  dialog: ChatDialog;
  onChange: (dialog: ChatDialog) => void;
  heldKey: HeldKey;
  model: string;
  /** Another conversation is open now. */
  onOpened: () => void;
}

export function ChatDialogs({ dialog, onChange, heldKey, model, onOpened }: ChatDialogsProps) {
  const follow = (name: ChatDialog) => (open: boolean) => onChange(open ? name : undefined);
  return (
    <>
      <Dialog open={dialog === 'settings'} onOpenChange={follow('settings')} title={t('Settings')}>
        <SettingsAndKey heldKey={heldKey} onChangeKey={() => onChange('key')} />
      </Dialog>
      <ChatsDialog open={dialog === 'chats'} onOpenChange={follow('chats')} onOpened={onOpened} />
      <KeyDialog open={dialog === 'key'} onOpenChange={follow('key')} heldKey={heldKey} />
      <SnippetDialog
        open={dialog === 'snippet'}
        onOpenChange={follow('snippet')}
        heldKey={heldKey}
        model={model}
      />
    </>
  );
}
