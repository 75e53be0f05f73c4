import { AlertDialog } from '@base-ui/react/alert-dialog';
import { clsx } from 'clsx';
import { type FormEvent, useId, useState } from 'react';
import { t } from '../../language/t.ts';
import { Alert } from '../alert.tsx';
import { Button } from '../buttons/button.tsx';
import { TextField } from '../forms/text-field.tsx';
import { dialogStyle } from './dialog-style.ts';
import type { ConfirmByTypingProps } from './popup-props.ts';

export function ConfirmByTypingPopup(props: ConfirmByTypingProps) {
  return (
    <AlertDialog.Root open={props.open} onOpenChange={(open) => !props.busy && props.onOpenChange(open)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={dialogStyle.backdrop} />
        <AlertDialog.Viewport className={dialogStyle.viewport}>
          <AlertDialog.Popup className={clsx(dialogStyle.popup, 'sm:max-w-md')}>
            <ConfirmForm {...props} />
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function ConfirmForm(props: ConfirmByTypingProps) {
  const { title, description, phrase, confirmLabel, onConfirm, busy, error, children, onOpenChange } = props;
  const [typed, setTyped] = useState('');
  const formId = useId();
  const matches = typed.trim() === phrase;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (matches && !busy) onConfirm();
  };
  return (
    <>
      <header className="px-5 pt-4 sm:px-6 sm:pt-5">
        <AlertDialog.Title className={dialogStyle.title}>{title}</AlertDialog.Title>
        <AlertDialog.Description className={dialogStyle.description}>{description}</AlertDialog.Description>
      </header>
      <form
        id={formId}
        onSubmit={submit}
        className="flex min-h-0 flex-col gap-4 overflow-y-auto px-5 py-4 sm:px-6"
      >
        {children}
        <TextField
          label={t('Type {phrase} to confirm', { phrase })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        {error !== undefined && <Alert tone="danger">{error}</Alert>}
      </form>
      <footer className={dialogStyle.footer}>
        <Button onClick={() => onOpenChange(false)} disabled={busy}>
          {t('Cancel')}
        </Button>
        <Button variant="danger" type="submit" form={formId} busy={busy} disabled={!matches}>
          {confirmLabel}
        </Button>
      </footer>
    </>
  );
}
