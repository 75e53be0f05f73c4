import { ChevronDown } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { TextArea } from '../../../parts/forms/text-area.tsx';
import { lately } from '../../../parts/on-demand.ts';
import { Dialog } from '../../../parts/overlays/dialog.tsx';
import type * as picker from './prompt-preset-picker.tsx';

const PromptPresetPicker = lately<ComponentProps<typeof picker.PromptPresetPicker>>(() =>
  import('./prompt-preset-picker.tsx').then((module) => module.PromptPresetPicker),
);

interface PromptFieldProps {
  value: string;
  onChange: (value: string) => void;
}

/** The system prompt, with presets to begin from. */
export function PromptField({ value, onChange }: PromptFieldProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="flex flex-col gap-1.5">
      <TextArea
        label={t('System prompt')}
        optional
        placeholder={t('Answer briefly, in plain words.')}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <div className="-ml-2.5">
        <Button size="small" variant="ghost" icon={<ChevronDown aria-hidden />} onClick={() => setOpen(true)}>
          {t('Presets')}
        </Button>
      </div>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={t('System prompts')}
        description={t('Your own are kept in this browser alone.')}
      >
        <PromptPresetPicker
          value={value}
          onPick={(text) => {
            onChange(text);
            setOpen(false);
          }}
        />
      </Dialog>
    </div>
  );
}
