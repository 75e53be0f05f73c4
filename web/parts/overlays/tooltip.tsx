import {
  cloneElement,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type SyntheticEvent,
  useEffect,
} from 'react';
import { tooltipState } from './tooltip-state.ts';

const delayMs = 400;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Not for what the mouse only crosses, nor what has the focus for a moment on its way into a menu. */
function showSoon(element: HTMLElement, text: string): void {
  clearTimeout(waiting);
  waiting = setTimeout(() => tooltipState.show({ element, text }), delayMs);
}

function hide(): void {
  clearTimeout(waiting);
  tooltipState.show(undefined);
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
      if (pointerType === 'mouse') showSoon(currentTarget, text);
    }),
    onPointerLeave: also('onPointerLeave', hide),
    onPointerDown: also('onPointerDown', hide),
    onFocus: also('onFocus', ({ currentTarget }: FocusEvent<HTMLElement>) => {
      if (currentTarget.matches(':focus-visible')) showSoon(currentTarget, text);
    }),
    onBlur: also('onBlur', hide),
  });
}
