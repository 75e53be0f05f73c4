import { Checkbox } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';

/** The box without its label. */
export function CheckMark(
  props: Pick<Checkbox.Root.Props, 'id' | 'value' | 'checked' | 'onCheckedChange'> & {
    'aria-describedby'?: string;
  },
) {
  return (
    <Checkbox.Root
      nativeButton
      render={<button type="button" />}
      className="flex size-4.5 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface data-checked:border-accent data-checked:bg-accent"
      {...props}
    >
      <Checkbox.Indicator className="text-on-accent data-unchecked:hidden">
        <Check aria-hidden className="size-3.5" strokeWidth={3} />
      </Checkbox.Indicator>
    </Checkbox.Root>
  );
}
