import { BookmarkPlus, Trash2 } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import {
  builtInPresets,
  ownPresets,
  type PromptPreset,
  removePreset,
  savePreset,
} from './prompt-preset-store.ts';

interface PromptPresetPickerProps {
  /** The present system prompt, which can be saved. */
  value: string;
  onPick: (text: string) => void;
}

export function PromptPresetPicker({ value, onPick }: PromptPresetPickerProps) {
  const own = useSyncExternalStore(ownPresets.subscribe, ownPresets.get);
  const [name, setName] = useState('');
  const canSave = name.trim() !== '' && value.trim() !== '';
  return (
    <div className="flex flex-col gap-5">
      {own.length > 0 && (
        <PresetList label={t('Your own')} presets={own} onPick={onPick} onRemove={removePreset} />
      )}
      <PresetList label={t('Built in')} presets={builtInPresets()} onPick={onPick} />
      <form
        className="flex items-start gap-2 border-line border-t pt-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!canSave) return;
          savePreset({ name: name.trim(), text: value });
          setName('');
        }}
      >
        <div className="min-w-0 flex-1">
          <TextField
            label={t('Save the present prompt as')}
            autoComplete="off"
            maxLength={60}
            value={name}
            hint={value.trim() === '' ? t('The system prompt is empty.') : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <div className="pt-6.5">
          <Button type="submit" icon={<BookmarkPlus aria-hidden />} disabled={!canSave}>
            {t('Save')}
          </Button>
        </div>
      </form>
    </div>
  );
}

interface PresetListProps {
  label: string;
  presets: readonly PromptPreset[];
  onPick: (text: string) => void;
  onRemove?: (name: string) => void;
}

function PresetList({ label, presets, onPick, onRemove }: PresetListProps) {
  return (
    <section aria-label={label} className="flex flex-col gap-1">
      <h3 className="font-medium text-ink-soft text-sm">{label}</h3>
      <ul className="flex flex-col">
        {presets.map(({ name, text }) => (
          <li key={name} className="flex items-start gap-1">
            <button
              type="button"
              onClick={() => onPick(text)}
              className="min-w-0 flex-1 rounded-md px-2 py-1.5 text-start transition-colors hover:bg-hover"
            >
              <span dir="auto" className="block truncate font-medium">
                {name}
              </span>
              <span dir="auto" className="line-clamp-2 text-ink-soft text-sm">
                {text}
              </span>
            </button>
            {onRemove !== undefined && (
              <Button
                size="small"
                variant="ghost"
                icon={<Trash2 aria-hidden />}
                aria-label={t('Delete {name}', { name })}
                onClick={() => onRemove(name)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
