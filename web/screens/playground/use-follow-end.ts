import { useCallback, useEffect, useRef, useState } from 'react';

/** So near to the end of the page, one reads along. */
const nearPixels = 80;

/**
 * Keeps the end of the page in view while what `content` is given to grows, until the reader scrolls up; going back to
 * the end takes it up again.
 * @param isWanted false while there is nothing to read along
 */
export function useFollowEnd(isWanted: boolean) {
  const content = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [isAway, setIsAway] = useState(false);

  const goToEnd = useCallback(() => {
    follows.current = true;
    setIsAway(false);
    window.scrollTo({ top: document.documentElement.scrollHeight });
  }, []);

  useEffect(() => {
    if (!isWanted || content.current === null) return;
    let before = window.scrollY;
    const look = () => setIsAway(!follows.current && pixelsToEnd() > nearPixels);
    const onScroll = () => {
      const isUp = window.scrollY < before;
      before = window.scrollY;
      // The least way up lets go, or reader and answer would pull at the page by turns.
      if (pixelsToEnd() < (isUp ? 2 : nearPixels)) follows.current = true;
      else if (isUp) follows.current = false;
      look();
    };
    const observer = new ResizeObserver(() => (follows.current ? goToEnd() : look()));
    observer.observe(content.current);
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      window.removeEventListener('scroll', onScroll);
      follows.current = true;
      setIsAway(false);
    };
  }, [isWanted, goToEnd]);

  return { content, isAway, goToEnd };
}

const pixelsToEnd = (): number => document.documentElement.scrollHeight - window.scrollY - window.innerHeight;
