import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { t } from '../../../language/t.ts';
import { ErrorState } from '../../../parts/error-state.tsx';
import { Select } from '../../../parts/forms/select.tsx';
import { TextArea } from '../../../parts/forms/text-area.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { usePlayground, useStored } from '../use-playground.ts';
import { type SettingsDraft, settingsFaults } from './chat-settings.ts';
import { useModelChoice } from './use-model-choice.ts';

/** Changes apply from the next question on. */
export function SettingsPanel({ heldKey }: { heldKey: HeldKey }) {
  const { settings } = usePlayground();
  const draft = useStored(settings);
  const faults = settingsFaults(draft);
  const change = (part: Partial<SettingsDraft>) => settings.set({ ...settings.get(), ...part });
  return (
    <div className="flex flex-col gap-4">
      <ModelSelect heldKey={heldKey} onChange={(model) => change({ model })} />
      <TextArea
        label={t('System prompt')}
        optional
        placeholder={t('Answer briefly, in plain words.')}
        value={draft.system}
        onChange={(event) => change({ system: event.currentTarget.value })}
      />
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t('Temperature')}
          inputMode="decimal"
          placeholder={t('default')}
          autoComplete="off"
          value={draft.temperature}
          error={faults.temperature}
          onChange={(event) => change({ temperature: event.currentTarget.value })}
        />
        <TextField
          label={t('Max tokens')}
          inputMode="numeric"
          placeholder={t('default')}
          autoComplete="off"
          value={draft.maxTokens}
          error={faults.maxTokens}
          onChange={(event) => change({ maxTokens: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}

function ModelSelect({ heldKey, onChange }: { heldKey: HeldKey; onChange: (model: string) => void }) {
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
  return (
    <Select
      label={t('Model')}
      options={offered.map(({ id, owned_by }) => ({ value: id, label: id, detail: owned_by }))}
      value={chosen}
      onChange={onChange}
    />
  );
}
