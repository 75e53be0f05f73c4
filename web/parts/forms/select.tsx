import { ChevronsUpDown } from 'lucide-react';
import { useState } from 'react';
import { useOnDemand } from '../on-demand.ts';
import { popups } from '../overlays/load-popups.ts';
import type { SelectPopupProps } from '../overlays/popup-props.ts';
import { FieldFrame, type FieldFrameProps } from './field-frame.tsx';
import { selectStyle } from './select-style.ts';

type SelectProps = Omit<SelectPopupProps, 'field'> & Omit<FieldFrameProps, 'optional'>;

/** Until it is opened for the first time, it is nothing but its button. */
export function Select({ options, value, onChange, name, disabled, ...frame }: SelectProps) {
  const [isWanted, setIsWanted] = useState(false);
  const loaded = useOnDemand(popups, isWanted);
  return (
    <FieldFrame {...frame} disabled={disabled ?? false}>
      {(field) =>
        isWanted && loaded !== undefined ? (
          <loaded.SelectPopup options={options} value={value} onChange={onChange} name={name} field={field} />
        ) : (
          <button
            {...field}
            type="button"
            role="combobox"
            aria-haspopup="listbox"
            aria-expanded={false}
            onClick={() => setIsWanted(true)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
              event.preventDefault();
              setIsWanted(true);
            }}
            className={selectStyle}
          >
            <span className="truncate">
              {options.find((option) => option.value === value)?.label ?? value}
            </span>
            <ChevronsUpDown aria-hidden className="size-4 text-ink-faint" />
          </button>
        )
      }
    </FieldFrame>
  );
}
