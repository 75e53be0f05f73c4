import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { CodeBlock } from '../../parts/code-block.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { callSnippets } from './call-snippets.ts';
import { chatBody } from './chat-body.ts';
import { readSettings } from './chat-settings.ts';
import type { HeldKey } from './key-in-hand.ts';
import { maskedKey } from './key-value.ts';
import { useConversation, usePlayground } from './use-playground.ts';

interface SnippetDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  heldKey: HeldKey;
  model: string;
}

/** The last call as it was made, or the next one where there is none yet. */
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
      title="The same call in code"
      description="The key is hidden here. What you copy has it in it: treat it like a password."
    >
      <div className="flex flex-col gap-3">
        <Snippets heldKey={heldKey} model={model} isKeyShown={isShown} />
        <div>
          <Button
            size="small"
            icon={isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? 'Hide the key' : 'Show the key'}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

interface SnippetsProps extends Pick<SnippetDialogProps, 'heldKey' | 'model'> {
  isKeyShown: boolean;
}

function Snippets({ heldKey, model, isKeyShown }: SnippetsProps) {
  const { settings, question } = usePlayground();
  const { turns } = useConversation();
  const asked = turns.at(-1)?.question ?? (question.get().trim() || 'Say hello in five languages.');
  const body = chatBody(turns.slice(0, -1), asked, readSettings(settings.get(), model));
  const snippetsWith = (key: string) => callSnippets({ origin: location.origin, key, body });
  const real = snippetsWith(heldKey.value);
  const shown = isKeyShown ? real : snippetsWith(maskedKey(heldKey.value));
  return (
    <Tabs
      label="Language"
      tabs={shown.map(({ id, label, language, code }, place) => ({
        value: id,
        label,
        panel: <CodeBlock code={code} copied={real[place]?.code ?? code} label={label} language={language} />,
      }))}
    />
  );
}
