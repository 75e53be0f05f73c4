import { Menu as BaseMenu } from '@base-ui/react/menu';
import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { MenuChoiceProps, MenuItemProps, MenuLinkProps, MenuProps } from './popup-props.ts';
import { popupStyle } from './popup-style.ts';

/** Open from the start: whoever renders it has been asked for it. */
export function MenuPopup({ trigger, side = 'bottom', align = 'end', children }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  // As a press would, which moves the focus into the menu.
  useEffect(() => button.current?.click(), []);
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger ref={button} render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner side={side} align={align} sideOffset={6} className="z-50 outline-none">
          <BaseMenu.Popup className={clsx(popupStyle, 'min-w-52 max-w-80')}>{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

const itemStyle =
  'flex w-full cursor-default select-none items-center gap-2.5 rounded-md px-2.5 py-1.5 outline-none data-highlighted:bg-hover forced-colors:data-highlighted:bg-[Highlight] forced-colors:data-highlighted:text-[HighlightText] touch:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0';

export function PopupItem({ icon, danger = false, onClick, children }: MenuItemProps) {
  return (
    <BaseMenu.Item
      onClick={onClick}
      className={clsx(itemStyle, danger ? 'text-danger' : '[&_svg]:text-ink-faint')}
    >
      {icon}
      {children}
    </BaseMenu.Item>
  );
}

export function PopupLink({ icon, to, children }: MenuLinkProps) {
  return (
    <BaseMenu.LinkItem
      render={<Link to={to} />}
      closeOnClick
      className={clsx(itemStyle, '[&_svg]:text-ink-faint')}
    >
      {icon}
      {children}
    </BaseMenu.LinkItem>
  );
}

export function PopupChoice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: MenuChoiceProps<Value>) {
  return (
    <BaseMenu.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      <p className="px-2.5 pt-1.5 pb-1 font-medium text-ink-faint text-xs">{label}</p>
      {options.map((option) => (
        <BaseMenu.RadioItem key={option.value} value={option.value} className={itemStyle}>
          <span className="size-4">
            <BaseMenu.RadioItemIndicator>
              <Check aria-hidden className="text-accent" />
            </BaseMenu.RadioItemIndicator>
          </span>
          {option.label}
        </BaseMenu.RadioItem>
      ))}
    </BaseMenu.RadioGroup>
  );
}

export function PopupSeparator() {
  return <BaseMenu.Separator className="mx-1 my-1 h-px bg-line" />;
}
