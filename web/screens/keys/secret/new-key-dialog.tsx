import { Download, MessagesSquare } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useBeforeUnload, useBlocker } from 'react-router';
import { keyInHand } from '../../../key-in-hand/key-in-hand.ts';
import { type NewKey, withoutValue } from '../../../keys/key.ts';
import { T } from '../../../language/rich-text.tsx';
import { t } from '../../../language/t.ts';
import { Alert } from '../../../parts/alert.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { CopyButton } from '../../../parts/buttons/copy-button.tsx';
import { LinkButton } from '../../../parts/buttons/link-button.tsx';
import { downloadText } from '../../../parts/download-text.ts';
import { Dialog } from '../../../parts/overlays/dialog.tsx';
import { useConsole } from '../../../shell/console-context.ts';
import { useKey } from '../use-key.ts';
import { ActivationNote } from './activation-note.tsx';
import { ClosingFooter } from './closing-footer.tsx';
import { envFile, envFileName } from './env-file.ts';
import { HandOver } from './hand-over.tsx';
import { KeySnippets } from './key-snippets.tsx';

interface NewKeyDialogProps {
  made: NewKey;
  title: string;
  /** For the snippets, where the key may not call every model. */
  model?: string | undefined;
  /** About the secret that this one replaces. */
  children?: ReactNode;
  /** @param isLeaving whether another page is already being opened */
  onClose: (isLeaving: boolean) => void;
}

/**
 * The only time a secret is shown. Until it has been copied, downloaded or taken to the playground, nothing closes it
 * by accident: not Escape, the back button or a reload. A click outside never does.
 */
export function NewKeyDialog({ made, title, model, children, onClose }: NewKeyDialogProps) {
  const { data: key } = useKey(made.id, withoutValue(made));
  const [asksToClose, setAsksToClose] = useState(false);
  /** Nothing is lost by leaving. A ref: the blocker asks before the next render. */
  const mayLeave = useRef(false);
  const blocker = useBlocker(() => !mayLeave.current);
  useBeforeUnload((event) => {
    if (!mayLeave.current) event.preventDefault();
  });
  const save = () => {
    mayLeave.current = true;
  };
  const isLeaving = blocker.state === 'blocked';
  const asks = asksToClose || isLeaving;
  const stay = () => {
    setAsksToClose(false);
    if (isLeaving) blocker.reset();
  };
  const leave = () => {
    mayLeave.current = true;
    if (isLeaving) blocker.proceed();
    onClose(isLeaving);
  };
  const close = () => (mayLeave.current ? leave() : setAsksToClose(true));
  return (
    <Dialog
      open
      onOpenChange={() => (asks ? stay() : close())}
      dismissable={false}
      size="wide"
      title={title}
      description={
        <T
          text="<strong>{name}</strong> on the plan {plan}"
          name={made.name}
          plan={made.plan}
          strong={(name) => <strong className="wrap-anywhere font-medium text-ink">{name}</strong>}
        />
      }
      footer={<ClosingFooter asks={asks} onClose={close} onStay={stay} onLeave={leave} />}
    >
      <div className="flex flex-col gap-4">
        <Alert tone="warning" title={t('Copy it now. You won’t see it again.')}>
          {t(
            'It is shown only this once. Anyone who has it can use up your plan, so treat it like a password.',
          )}
        </Alert>
        <NewSecret made={made} onSaved={save} />
        <ActivationNote status={key?.status ?? made.status} />
        {children}
        <HandOver secret={made.key} />
        <section aria-labelledby="new-key-snippets">
          <h3 id="new-key-snippets" className="mb-1 font-medium text-sm">
            {t('Try it')}
          </h3>
          <KeySnippets secret={made.key} model={model} onCopied={save} />
        </section>
      </div>
    </Dialog>
  );
}

function NewSecret({ made, onSaved }: { made: NewKey; onSaved: () => void }) {
  const download = () => {
    const { name, key } = made;
    downloadText(envFileName, envFile({ name, key, origin: location.origin }));
    onSaved();
  };
  return (
    <div className="flex flex-col gap-2.5">
      <code
        // Selected and copied by hand.
        onCopy={onSaved}
        className="select-all break-all rounded-md border border-line-strong bg-sunken px-3 py-2.5 font-mono text-base"
      >
        {made.key}
      </code>
      <div className="flex flex-wrap gap-2">
        <CopyButton
          text={made.key}
          label={t('Copy key')}
          words={t('Copy key')}
          variant="primary"
          onCopied={onSaved}
        />
        <Button icon={<Download aria-hidden />} onClick={download}>
          {t('Download .env')}
        </Button>
        <TryKeyLink secret={made.key} onTry={onSaved} />
      </div>
    </div>
  );
}

/** Opens the playground with a key that was just made. */
function TryKeyLink({ secret, onTry }: { secret: string; onTry: () => void }) {
  const hand = keyInHand(useConsole());
  return (
    <LinkButton
      to="/playground"
      icon={<MessagesSquare aria-hidden />}
      onClick={() => {
        hand.hold(secret, { isNew: true });
        onTry();
      }}
    >
      {t('Try it in the playground')}
    </LinkButton>
  );
}
