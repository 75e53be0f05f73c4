import { clsx } from 'clsx';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../../language/t.ts';
import type { Formula } from './formulas.ts';

/** MathML, which browsers draw with fonts of the system. Until it is there, or if it isn't TeX, the source is shown. */
export function FormulaView({ tex, isBlock }: Formula) {
  const place = useRef<HTMLSpanElement>(null);
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => {
    let isStale = false;
    const draw = async () => {
      // Large, and few answers have formulas.
      const { default: temml } = await import('temml');
      if (isStale || place.current === null) return;
      try {
        // Without trust, nothing in it leads elsewhere, has a class or loads anything.
        temml.render(tex, place.current, { displayMode: isBlock, throwOnError: true, maxExpand: 200 });
        setDrawn(true);
      } catch {
        setDrawn(false);
      }
    };
    void draw().catch(() => {});
    return () => {
      isStale = true;
    };
  }, [tex, isBlock]);
  return (
    <span
      dir="ltr"
      {...(isBlock && { role: 'group', 'aria-label': t('Formula'), tabIndex: 0 })}
      className={clsx(isBlock && 'my-3 block overflow-x-auto overflow-y-hidden')}
    >
      <span ref={place} hidden={!isDrawn} />
      {!isDrawn && <code className="wrap-anywhere font-mono text-sm">{tex}</code>}
    </span>
  );
}
