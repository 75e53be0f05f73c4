import { clsx } from 'clsx';
import { ChevronsUpDown } from 'lucide-react';
import { t } from '../../../language/t.ts';
import { tokenWords } from '../../../models/listing-words.ts';
import type { ChatModel } from '../../../models/model-facts.ts';
import { priceWords } from '../../../models/model-words.ts';
import { controlStyle } from '../../../parts/forms/field-frame.tsx';

export interface ModelChoiceProps {
  models: readonly ChatModel[];
  /** The chosen one's name. */
  value: string;
  onChange: (model: string) => void;
}

export const modelMenuStyle = clsx(
  controlStyle,
  'flex min-h-9 items-center justify-between gap-2 py-1 text-left touch:min-h-11',
);

export function ChosenModel({ value, chosen }: { value: string; chosen: ChatModel | null }) {
  return (
    <>
      <span className="min-w-0">
        <span className="block truncate">{value}</span>
        {chosen !== null && (
          <span className="block text-ink-faint text-xs">
            <ModelSize model={chosen} />
          </span>
        )}
      </span>
      <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
    </>
  );
}

/** Context, longest answer, and prices of a million tokens; the prices begin a line where one has no room for all. */
export function ModelSize({ model }: { model: ChatModel }) {
  return (
    <span className="flex flex-wrap gap-x-3">
      <span>
        {t('{context} context, {output} out', {
          context: tokenWords(model.context_window),
          output: tokenWords(model.max_output_tokens),
        })}
      </span>{' '}
      <span>{priceWords(model)}</span>
    </span>
  );
}
