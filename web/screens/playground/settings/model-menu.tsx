import { useId, useState } from 'react';
import { onDemand, useOnDemand } from '../../../parts/on-demand.ts';
import { ChosenModel, type ModelChoiceProps, modelMenuStyle } from './chosen-model.tsx';

interface ModelMenuProps extends ModelChoiceProps {
  label: string;
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
