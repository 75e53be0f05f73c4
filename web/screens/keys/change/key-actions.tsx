import { createContext, type ReactNode, use, useState } from 'react';
import type { Key } from '../../../keys/key.ts';
import { onDemand, useOnDemand } from '../../../parts/on-demand.ts';

const dialogs = onDemand(async () => {
  const [{ EditDialog }, { RotateDialog }, { RevokeDialog }] = await Promise.all([
    import('./edit-dialog.tsx'),
    import('./rotate-dialog.tsx'),
    import('./revoke-dialog.tsx'),
  ]);
  return { edit: EditDialog, rotate: RotateDialog, revoke: RevokeDialog };
});

type Action = 'edit' | 'rotate' | 'revoke';

const ActionsContext = createContext<(action: Action, key: Key) => void>(() => {});

/** Opens the dialog of an action. */
export const useKeyActions = () => use(ActionsContext);

interface Asked {
  action: Action;
  key: Key;
  /** Makes each dialog start fresh. */
  turn: number;
}

/** The dialogs are outside the list: a secret that is shown once must outlive the row it came from. */
export function KeyActions({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked>();
  const [isOpen, setIsOpen] = useState(false);
  const ask = (action: Action, key: Key) => {
    setAsked((before) => ({ action, key, turn: (before?.turn ?? 0) + 1 }));
    setIsOpen(true);
  };
  const loaded = useOnDemand(dialogs, asked !== undefined);
  const Dialog = asked && loaded?.[asked.action];
  const dialog = asked && { of: asked.key, open: isOpen, onClose: () => setIsOpen(false) };
  return (
    <ActionsContext value={ask}>
      {children}
      {dialog && Dialog && <Dialog key={asked.turn} {...dialog} />}
    </ActionsContext>
  );
}
