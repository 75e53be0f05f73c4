import { clsx } from 'clsx';
import { ChevronsUpDown } from 'lucide-react';
import { useId, useState } from 'react';
import { t } from '../../../language/t.ts';
import type { ChatModel } from '../../../models/model-facts.ts';
import { priceWords, tokenWords } from '../../../models/model-words.ts';
import { controlStyle } from '../../../parts/forms/field-frame.tsx';
import { onDemand, useOnDemand } from '../../../parts/on-demand.ts';

export interface ModelMenuProps {
  label: string;
  models: readonly ChatModel[];
  /** The chosen one's name. */
  value: string;
  onChange: (model: string) => void;
}

const popup = onDemand(() => import('./model-menu-popup.tsx').then((module) => module.ModelMenuPopup));

/**
 * A menu of models with what they are chosen by, and a search. At the bottom of the screen on phones. Until it is opened for
 * the first time, it is nothing but its button.
 */
export function ModelMenu({ label, ...props }: ModelMenuProps) {
  const id = useId();
  const [isWanted, setWanted] = useState(false);
  const ModelMenuPopup = useOnDemand(popup, isWanted);
  const chosen = props.models.find((model) => model.id === props.value) ?? null;
  return (
    <div className="flex flex-col gap-1.5">
      {/* Not a field of Base UI's: its label would name the search too. */}
      <label htmlFor={id} className="self-start font-medium text-sm">
        {label}
      </label>
      {isWanted && ModelMenuPopup !== undefined ? (
        <ModelMenuPopup id={id} {...props} />
      ) : (
        <button
          id={id}
          type="button"
          role="combobox"
          aria-haspopup="dialog"
          aria-expanded={false}
          onClick={() => setWanted(true)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
            event.preventDefault();
            setWanted(true);
          }}
          className={modelMenuStyle}
        >
          <ChosenModel value={props.value} chosen={chosen} />
        </button>
      )}
    </div>
  );
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
        {chosen !== null && <span className="block text-ink-faint text-xs">{sizeWords(chosen)}</span>}
      </span>
      <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
    </>
  );
}

/** Context, longest answer, and prices of a million tokens. */
export const sizeWords = (model: ChatModel): string =>
  t('{context} context, {output} out · {price}', {
    context: tokenWords(model.context_window),
    output: tokenWords(model.max_output_tokens),
    price: priceWords(model),
  });
