import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Within this distance of the end of the page, the user is reading along. */
const nearPixels = 80;
/** A move of the page belongs to the wheel, finger or key that came this long before it. */
const intentMs = 1000;

interface FollowEndOptions {
  /** False while there is nothing to follow. */
  isWanted: boolean;
  /** The latest thing on the page. When another one is drawn, the page goes to its end if it is followed. */
  latestId: string | undefined;
}

/**
 * Keeps the end of the page in view while `content` grows, until the user scrolls up by wheel, touch, keys or
 * scroll bar; scrolling back to the end resumes it. No other move of the page counts as theirs: browsers make some
 * themselves when something above changes its height.
 */
export function useFollowEnd({ isWanted, latestId }: FollowEndOptions) {
  const content = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [isAway, setIsAway] = useState(false);

  const setFollows = useCallback((next: boolean) => {
    follows.current = next;
    // Scroll anchoring would hold the page at what is in view now.
    document.documentElement.style.overflowAnchor = next ? 'none' : '';
    setIsAway(!next && pixelsToEnd() > nearPixels);
  }, []);
  const goToEnd = useCallback(() => {
    setFollows(true);
    window.scrollTo({ top: document.documentElement.scrollHeight });
  }, [setFollows]);

  // Only now it is in the page, at its full height.
  useLayoutEffect(() => {
    if (latestId !== undefined && follows.current) goToEnd();
  }, [latestId, goToEnd]);

  useEffect(() => {
    if (!isWanted) return;
    setFollows(follows.current);
    const end = watchPage({
      content,
      onUp: () => setFollows(false),
      onEnd: () => setFollows(true),
      onChange: () => (follows.current ? goToEnd() : setFollows(false)),
    });
    return () => {
      end();
      follows.current = true;
      document.documentElement.style.overflowAnchor = '';
      setIsAway(false);
    };
  }, [isWanted, goToEnd, setFollows]);

  return { content, isAway, goToEnd };
}

interface Watcher {
  content: RefObject<HTMLElement | null>;
  /** The user has moved the page up. */
  onUp(): void;
  /** The page has been moved down to its end, or close to it. */
  onEnd(): void;
  /** Its length or the window's height has changed, or it was moved otherwise. */
  onChange(): void;
}

/** @returns a function that ends it */
function watchPage({ content, onUp, onEnd, onChange }: Watcher): () => void {
  const listening = new AbortController();
  const options = { passive: true, signal: listening.signal };
  let before = window.scrollY;
  let wantsUpAt = Number.NEGATIVE_INFINITY;
  let touchY = 0;
  const wantsUp = () => {
    wantsUpAt = performance.now();
  };
  const onScroll = () => {
    const moved = window.scrollY - before;
    before = window.scrollY;
    if (moved < 0 && performance.now() - wantsUpAt < intentMs) {
      // The slightest move up counts, or user and answer would fight over the page.
      if (pixelsToEnd() >= 2) onUp();
    } else if (moved > 0 && pixelsToEnd() < nearPixels) onEnd();
  };
  window.addEventListener('scroll', onScroll, options);
  window.addEventListener('resize', onChange, options);
  window.addEventListener('wheel', ({ deltaY, ctrlKey }) => deltaY < 0 && !ctrlKey && wantsUp(), options);
  window.addEventListener('keydown', (event) => movesUp(event) && wantsUp(), options);
  window.addEventListener(
    'touchstart',
    ({ touches }) => {
      touchY = touches[0]?.clientY ?? 0;
    },
    options,
  );
  window.addEventListener(
    'touchmove',
    ({ touches }) => {
      const { clientY = touchY } = touches[0] ?? {};
      if (clientY > touchY) wantsUp();
      touchY = clientY;
    },
    options,
  );
  const onBar = ({ clientX, buttons }: PointerEvent) =>
    buttons > 0 && clientX >= document.documentElement.clientWidth && wantsUp();
  window.addEventListener('pointerdown', onBar, options);
  window.addEventListener('pointermove', onBar, options);
  const observer = new ResizeObserver(onChange);
  for (const part of [content.current, document.body]) if (part !== null) observer.observe(part);
  return () => {
    listening.abort();
    observer.disconnect();
  };
}

function movesUp({ key, shiftKey, target }: KeyboardEvent): boolean {
  // In a field they move the caret.
  const isField = target instanceof Element && target.matches('input, textarea, select, [contenteditable]');
  return key === 'PageUp' || (!isField && (key === 'Home' || key === 'ArrowUp' || (key === ' ' && shiftKey)));
}

const pixelsToEnd = (): number => document.documentElement.scrollHeight - window.scrollY - window.innerHeight;
