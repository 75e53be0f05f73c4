import { type RefObject, useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

interface DeepLink {
  isOpen: boolean;
  setOpen: (open: boolean) => void;
  /** Scrolled to when the address names it. */
  target: RefObject<HTMLLIElement | null>;
}

/** Opens what the address names, whenever it changes, and updates the address when something is opened by hand. */
export function useDeepLink(id: string): DeepLink {
  const { hash, search, state, key } = useLocation();
  const navigate = useNavigate();
  const target = useRef<HTMLLIElement>(null);
  const isNamed = hash === `#${id}`;
  const [isOpen, setIsOpen] = useState(isNamed);
  const isByHand = (state as { byHand?: true } | null)?.byHand === true;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key tells visits of the same address apart
  useEffect(() => {
    if (!isNamed || isByHand) return;
    setIsOpen(true);
    target.current?.scrollIntoView({ block: 'start' });
    // What has been opened above the screen meanwhile keeps the focus.
    if (document.querySelector('[role="dialog"]') === null)
      target.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [isNamed, isByHand, key]);
  return {
    isOpen,
    target,
    setOpen(open) {
      setIsOpen(open);
      if (!open && !isNamed) return;
      const to = { search, hash: open ? id : '' };
      void navigate(to, { replace: true, preventScrollReset: true, state: { byHand: true } });
    },
  };
}
