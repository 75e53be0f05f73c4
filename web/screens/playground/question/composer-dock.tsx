import { ArrowDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';

interface ComposerDockProps {
  /** Whether the end of the conversation is out of sight. */
  isAway: boolean;
  onGoToEnd: () => void;
  children: ReactNode;
}

/** Keeps its content at the bottom of the window, or at the end of the page where a keyboard leaves little room. */
export function ComposerDock({ isAway, onGoToEnd, children }: ComposerDockProps) {
  return (
    <div className="bottom-0 z-10 -mx-1 -mb-6 bg-canvas px-1 pt-1 pb-4 lg:-mb-9 lg:pb-6 [@media(min-height:26rem)]:sticky">
      {isAway && (
        <div className="absolute -top-10 left-1/2 -translate-x-1/2">
          <Button size="small" icon={<ArrowDown aria-hidden />} onClick={onGoToEnd}>
            {t('Jump to the end')}
          </Button>
        </div>
      )}
      {children}
    </div>
  );
}
