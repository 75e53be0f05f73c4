import { useCallback, useEffect, useRef, useState } from 'react';

/** Within this distance of the end of the page, the user is reading along. */
const nearPixels = 80;

/**
 * Keeps the end of the page in view while `content` grows, until the user scrolls up; scrolling back to the end
 * resumes it.
 * @param isWanted false while there is nothing to follow
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
      // The slightest scroll up stops it, or user and answer would fight over the page.
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
