import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { maskedKey } from '../../../key-in-hand/key-secret.ts';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { CodeBlock } from '../../../parts/code/code-block.tsx';
import { Dialog } from '../../../parts/overlays/dialog.tsx';
import { Tabs } from '../../../parts/tabs.tsx';
import { attachmentsOf } from '../attachments/attachments-of.ts';
import { chatBody, sentTurns } from '../question/chat-body.ts';
import type { Question } from '../question/question.ts';
import { readSettings } from '../settings/chat-settings.ts';
import { useModelChoice } from '../settings/use-model-choice.ts';
import { useConversations, usePlayground } from '../use-playground.ts';
import { callSnippets } from './call-snippets.ts';
import { referenceTo } from './file-reference.ts';
import { SnippetFiles } from './snippet-files.tsx';

/** As the docs write it. */
const placeholder = 'YOUR_KEY';

interface SnippetDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  heldKey: HeldKey;
  model: string;
}

/** The last call, or the next one if there is none yet. */
export function SnippetDialog({ open, onOpenChange, heldKey, model }: SnippetDialogProps) {
  const [isShown, setShown] = useState(false);
  const close = (next: boolean) => {
    setShown(false);
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      size="wide"
      title={t('The same call in code')}
      description={
        heldKey.secret === undefined
          ? t('Put your key in the place of {placeholder}: keys are shown only once.', { placeholder })
          : t('Your key is hidden here but is part of what you copy: treat it like a password.')
      }
    >
      <div className="flex flex-col gap-3">
        <Snippets heldKey={heldKey} model={model} isKeyShown={isShown} />
        {heldKey.secret !== undefined && (
          <div>
            <Button
              size="small"
              icon={isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
              onClick={() => setShown(!isShown)}
            >
              {isShown ? t('Hide key') : t('Show key')}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

interface SnippetsProps extends Pick<SnippetDialogProps, 'heldKey' | 'model'> {
  isKeyShown: boolean;
}

function Snippets({ heldKey, model, isKeyShown }: SnippetsProps) {
  const { settings, draft } = usePlayground();
  const { turns } = useConversations();
  const earlier = turns.slice(0, -1);
  const question = turns.at(-1)?.question ?? next(draft.get());
  const body = chatBody(
    earlier,
    question,
    readSettings(settings.get(), model, useModelChoice(heldKey).model),
    referenceTo,
  );
  const attachments = attachmentsOf(sentTurns(earlier), question);
  const snippetsWith = (key: string) => callSnippets({ origin: location.origin, key, body });
  const { secret = placeholder } = heldKey;
  const real = snippetsWith(secret);
  const shown = isKeyShown || secret === placeholder ? real : snippetsWith(maskedKey(secret));
  return (
    <>
      <Tabs
        label={t('Language')}
        tabs={shown.map(({ id, label, language, code }, place) => ({
          value: id,
          label,
          panel: (
            <CodeBlock
              code={code}
              copied={real[place]?.code ?? code}
              label={label}
              language={language}
              wrap
            />
          ),
        }))}
      />
      {attachments.length > 0 && <SnippetFiles attachments={attachments} />}
    </>
  );
}

const next = (draft: Question): Question =>
  draft.text.trim() === '' ? { ...draft, text: t('Say hello in five languages.') } : draft;
