import { useState } from 'react';
import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { t } from '../../../language/t.ts';
import { Disclosure } from '../../../parts/disclosure.tsx';
import { ErrorState } from '../../../parts/error-state.tsx';
import { Select } from '../../../parts/forms/select.tsx';
import { TextArea } from '../../../parts/forms/text-area.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { usePlayground, useStored } from '../use-playground.ts';
import { settingsFaults } from './chat-settings.ts';
import { reasonNot } from './left-out.ts';
import { ModelMenu } from './model-menu.tsx';
import { PromptField } from './prompt-field.tsx';
import type { SettingsDraft, SettingsField } from './settings-draft.ts';
import { useModelChoice } from './use-model-choice.ts';

const schemaExample = JSON.stringify({ type: 'object', properties: {} });
const toolsExample = JSON.stringify([{ type: 'function', function: { name: 'now' } }]);

/** Changes apply from the next question on. */
export function SettingsPanel({ heldKey }: { heldKey: HeldKey }) {
  const { settings } = usePlayground();
  const draft = useStored(settings);
  const { model } = useModelChoice(heldKey);
  const [isOpen, setOpen] = useState(false);
  const faults = settingsFaults(draft);
  const change = (part: Partial<SettingsDraft>) => settings.set({ ...settings.get(), ...part });
  /** What the model doesn't take is disabled, with the reason. What was typed stays, for another model. */
  const control = (field: SettingsField) => {
    const reason = model && reasonNot(field, model, draft);
    return {
      value: draft[field],
      disabled: reason !== undefined,
      ...(reason === undefined ? { error: faults[field] } : { hint: reason }),
      onChange: (event: { currentTarget: { value: string } }) =>
        change({ [field]: event.currentTarget.value }),
    };
  };
  const number = { placeholder: t('default'), autoComplete: 'off' } as const;
  return (
    <div className="flex flex-col gap-4">
      <ModelChoice heldKey={heldKey} onChange={(name) => change({ model: name })} />
      <PromptField value={draft.system} onChange={(system) => change({ system })} />
      <div className="grid grid-cols-2 gap-3">
        <TextField label={t('Temperature')} inputMode="decimal" {...number} {...control('temperature')} />
        <TextField label={t('Max tokens')} inputMode="numeric" {...number} {...control('maxTokens')} />
      </div>
      <Disclosure
        title={t('More settings')}
        summary={t('effort, JSON, tools …')}
        open={isOpen}
        onOpenChange={setOpen}
      >
        <div className="flex flex-col gap-4">
          <TextField label={t('Top P')} inputMode="decimal" {...number} {...control('topP')} />
          <TextArea
            label={t('Stop sequences')}
            placeholder={t('One on each line')}
            mono
            spellCheck={false}
            {...control('stop')}
          />
          <EffortSelect {...control('effort')} onChange={(effort) => change({ effort })} />
          <TextArea
            label={t('JSON schema of the answer')}
            placeholder={schemaExample}
            mono
            spellCheck={false}
            {...control('schema')}
          />
          <TextArea
            label={t('Tools, as JSON')}
            placeholder={toolsExample}
            mono
            spellCheck={false}
            {...control('tools')}
          />
        </div>
      </Disclosure>
    </div>
  );
}

const efforts = ['minimal', 'low', 'medium', 'high'];

interface EffortSelectProps {
  value: string;
  disabled: boolean;
  hint?: string;
  error?: string | undefined;
  onChange: (effort: string) => void;
}

function EffortSelect({ error, ...control }: EffortSelectProps) {
  const options = ['', ...efforts].map((value) => ({
    value,
    label: value === '' ? t('The model’s default') : value,
  }));
  return <Select label={t('Reasoning effort')} options={options} {...control} />;
}

function ModelChoice({ heldKey, onChange }: { heldKey: HeldKey; onChange: (model: string) => void }) {
  const { models, offered, chosen } = useModelChoice(heldKey);
  if (models.isError) {
    return (
      <ErrorState
        title={t('The models could not be loaded')}
        error={models.error}
        onRetry={() => void models.refetch()}
        busy={models.isFetching}
      />
    );
  }
  if (models.isPending) {
    return (
      <div role="status" aria-label={t('Loading the models')} className="flex flex-col gap-1.5">
        <Skeleton className="h-5 w-14" />
        <Skeleton className="h-9 w-full" />
      </div>
    );
  }
  if (chosen === undefined) return <p className="text-ink-soft">{t('This key’s plan has no models.')}</p>;
  return <ModelMenu label={t('Model')} models={offered} value={chosen} onChange={onChange} />;
}
