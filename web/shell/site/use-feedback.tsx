import { type ComponentType, type ReactNode, useState } from 'react';
import { t } from '../../language/t.ts';
import { toasts } from '../../parts/overlays/toasts/toasts.ts';

type FeedbackDialog = ComponentType<{ open: boolean; onOpenChange: (open: boolean) => void }>;

/** The dialog for feedback, loaded when it is first asked for. */
export function useFeedback(): { dialog: ReactNode; open: () => void } {
  const [isOpen, setOpen] = useState(false);
  const [Dialog, setDialog] = useState<FeedbackDialog>();
  return {
    dialog: Dialog !== undefined && <Dialog open={isOpen} onOpenChange={setOpen} />,
    open() {
      import('./feedback-dialog.tsx').then(
        ({ FeedbackDialog }) => {
          setDialog(() => FeedbackDialog);
          setOpen(true);
        },
        () =>
          toasts.add({
            title: t('The form could not be loaded'),
            description: t('Check your connection and try again.'),
            type: 'error',
          }),
      );
    },
  };
}
