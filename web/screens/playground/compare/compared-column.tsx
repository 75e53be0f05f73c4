import { X } from 'lucide-react';
import type { HeldKey } from '../../../key-in-hand/key-in-hand.ts';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { FailureNotice } from '../answer/failure-notice.tsx';
import type { ChatDialog } from '../chat-dialogs.tsx';
import type { Question } from '../question/question.ts';
import { ModelMenu } from '../settings/model-menu.tsx';
import { TurnList } from '../turn-list.tsx';
import type { Compare } from './use-compare.ts';

interface ComparedColumnProps {
  compare: Compare;
  heldKey: HeldKey;
  isHeld: boolean;
  onOpen: (dialog: ChatDialog) => void;
}

/** The second model's answers, beside the first one's; below them on phones. */
export function ComparedColumn({ compare, heldKey, isHeld, onOpen }: ComparedColumnProps) {
  const { model, offered, turns, ask, isBusy, choose, end } = compare;
  const last = turns.at(-1)?.answer;
  const again = (question?: Question) => void ask.askAgain(question);
  return (
    // Beside each other, both columns begin below the choice of the second model, so that the same question is at the same height.
    <section
      aria-label={t('Second model')}
      className="grid min-w-0 gap-y-6 lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:grid-rows-subgrid"
    >
      <div className="flex flex-wrap items-end gap-2">
        <div className="min-w-0 flex-1 basis-52">
          <ModelMenu label={t('Second model')} models={offered} value={model?.id ?? ''} onChange={choose} />
        </div>
        <Button icon={<X aria-hidden />} onClick={end}>
          {t('End comparison')}
        </Button>
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        {last !== undefined && <TurnList turns={turns} isBusy={isBusy} isHeld={isHeld} onAskAgain={again} />}
        {last?.phase === 'failed' && (
          <FailureNotice
            answer={last}
            heldKey={heldKey}
            onAgain={isHeld ? undefined : again}
            onOpen={onOpen}
          />
        )}
      </div>
    </section>
  );
}
