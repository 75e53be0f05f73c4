import {
  cloneElement,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type SyntheticEvent,
  useEffect,
} from 'react';
import { tip } from './tip.ts';

const delayMs = 400;
let waiting: ReturnType<typeof setTimeout> | undefined;

function hide(): void {
  clearTimeout(waiting);
  tip.show(undefined);
}

/** Must not say anything essential: phones and many screen readers never show it. */
export function Tooltip({
  text,
  children,
}: {
  text: string;
  children: ReactElement<Record<string, unknown>>;
}) {
  useEffect(() => hide, []);
  const { props } = children;
  const also =
    <E extends SyntheticEvent>(name: string, work: (event: E) => void) =>
    (event: E) => {
      (props[name] as ((event: E) => void) | undefined)?.(event);
      work(event);
    };
  return cloneElement(children, {
    onPointerEnter: also('onPointerEnter', ({ currentTarget, pointerType }: PointerEvent<HTMLElement>) => {
      if (pointerType !== 'mouse') return;
      clearTimeout(waiting);
      waiting = setTimeout(() => tip.show({ element: currentTarget, text }), delayMs);
    }),
    onPointerLeave: also('onPointerLeave', hide),
    onPointerDown: also('onPointerDown', hide),
    onFocus: also('onFocus', ({ currentTarget }: FocusEvent<HTMLElement>) => {
      if (currentTarget.matches(':focus-visible')) tip.show({ element: currentTarget, text });
    }),
    onBlur: also('onBlur', hide),
  });
}
