import { type ComponentProps, useCallback, useEffect, useRef, useState } from 'react';
import { useBeforeUnload } from 'react-router';
import type { HeldKey } from '../../key-in-hand/key-in-hand.ts';
import { t } from '../../language/t.ts';
import { lately } from '../../parts/on-demand.ts';
import { Announcer } from './announcer.tsx';
import { isUnderWay } from './answer/answer.ts';
import { loadMarkdown } from './answer/answer-text.tsx';
import { FailureNotice } from './answer/failure-notice.tsx';
import { ChatActions } from './chat-actions.tsx';
import { type ChatDialog, ChatDialogs } from './chat-dialogs.tsx';
import type * as compared from './compare/compared-column.tsx';
import { useCompare } from './compare/use-compare.ts';
import { isLackOfMeans } from './conversation.ts';
import { HoldLine } from './key/hold-line.tsx';
import { HoldNotice } from './key/hold-notice.tsx';
import { QuotaLine } from './key/quota-line.tsx';
import { useHold } from './key/use-hold.ts';
import { PlaygroundHeader } from './playground-header.tsx';
import { Composer } from './question/composer.tsx';
import { ComposerDock } from './question/composer-dock.tsx';
import { emptyQuestion, type Question } from './question/question.ts';
import { ToolResultsForm } from './question/tool-results.tsx';
import { useAsk } from './question/use-ask.ts';
import { useFocusOnArrival } from './question/use-focus-on-arrival.ts';
import { useHindrance } from './question/use-hindrance.ts';
import { ReloadNote } from './reload-note.tsx';
import { SettingsAndKey } from './settings/settings-and-key.tsx';
import { useModelChoice } from './settings/use-model-choice.ts';
import { Suggestions } from './suggestions.tsx';
import { TurnList } from './turn-list.tsx';
import { useFollowEnd } from './use-follow-end.ts';
import { useConversations, usePlayground, useStored } from './use-playground.ts';
import { useStopOnEscape } from './use-stop-on-escape.ts';
import { useTitleNotice } from './use-title-notice.ts';

const ComparedColumn = lately<ComponentProps<typeof compared.ComparedColumn>>(() =>
  import('./compare/compared-column.tsx').then((module) => module.ComparedColumn),
);
export function Chat({ heldKey }: { heldKey: HeldKey }) {
  const { conversations, draft, keeping } = usePlayground();
  const { isKept } = useStored(keeping);
  const { all, openId, turns } = useConversations();
  const { chosen = '', model } = useModelChoice(heldKey);
  const ask = useAsk(heldKey, model, conversations);
  const compare = useCompare(heldKey);
  const isComparing = compare.model !== undefined;
  const hindrance = useHindrance(heldKey);
  const hold = useHold(heldKey);
  const [dialog, setDialog] = useState<ChatDialog>();
  const field = useRef<HTMLTextAreaElement>(null);
  const last = turns.at(-1)?.answer;
  const isFirstBusy = last !== undefined && isUnderWay(last);
  const isBusy = isFirstBusy || compare.isBusy;
  const stop = () => {
    conversations.stop();
    compare.stop();
  };
  const { content, isAway, goToEnd } = useFollowEnd({
    isWanted: last !== undefined,
    latestId: last?.id,
  });
  // Loads while the user is still typing the first question.
  useEffect(() => void loadMarkdown(), []);
  useStopOnEscape(isBusy, stop);
  useFocusOnArrival(field);
  useTitleNotice(isBusy);
  // A reload would lose what is stored nowhere.
  useBeforeUnload(
    useCallback(
      (event) => {
        const isAsked = all.some((chat) => chat.turns.length > 0);
        const isComing = all.some((chat) => chat.turns.some(({ answer }) => isUnderWay(answer)));
        if ((isKept ? isComing : isAsked) || draft.get().attachments.length > 0) event.preventDefault();
      },
      [all, isKept, draft],
    ),
  );

  const focusField = () => field.current?.focus({ preventScroll: true });
  const send = (question: Question) => {
    goToEnd();
    void ask.send(question);
    if (isComparing) void compare.ask.send(question);
  };
  const askAgain = (question?: Question) => {
    goToEnd();
    focusField();
    void ask.askAgain(question);
  };
  const canAsk = hindrance === undefined && hold === undefined;
  const pick = (text: string) => {
    focusField();
    if (canAsk) send({ ...emptyQuestion, text });
    else draft.set({ ...draft.get(), text });
  };
  const startNewChat = () => {
    conversations.startNew();
    compare.startNew();
    focusField();
  };
  const holdNotice = hold !== undefined && !isBusy && (
    <HoldNotice hold={hold} heldKey={heldKey} onOpen={setDialog} onMoved={focusField} />
  );
  return (
    <>
      <PlaygroundHeader
        actions={
          <ChatActions
            isEmpty={last === undefined}
            canCompare={compare.canStart}
            onOpen={setDialog}
            onNewChat={startNewChat}
            onCompare={isComparing ? undefined : compare.start}
          />
        }
      />
      <div className="grid gap-x-10 xl:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="flex min-h-[calc(100dvh-14rem)] min-w-0 flex-col lg:min-h-[calc(100dvh-9rem)]">
          <div ref={content} className="flex flex-1 flex-col">
            <div
              className={
                isComparing
                  ? 'grid gap-x-6 gap-y-10 lg:grid-cols-2 lg:grid-rows-[auto_1fr] lg:gap-y-6'
                  : 'contents'
              }
            >
              <div className={isComparing ? 'min-w-0 lg:row-start-2' : 'contents'}>
                {last === undefined ? (
                  <>
                    {holdNotice}
                    <ReloadNote />
                    <Suggestions canSend={canAsk} onPick={pick} />
                  </>
                ) : (
                  <TurnList
                    key={openId}
                    turns={turns}
                    isBusy={isFirstBusy}
                    isHeld={hold !== undefined}
                    onAskAgain={askAgain}
                  />
                )}
                {last?.phase === 'failed' && !(hold !== undefined && isLackOfMeans(last.error)) && (
                  <FailureNotice
                    answer={last}
                    heldKey={heldKey}
                    onAgain={hold === undefined ? askAgain : undefined}
                    onOpen={setDialog}
                  />
                )}
                {last?.phase === 'done' && last.toolCalls.length > 0 && (
                  <ToolResultsForm
                    key={last.id}
                    calls={last.toolCalls}
                    isHeld={!canAsk || isBusy}
                    onSend={(question) => {
                      goToEnd();
                      focusField();
                      void ask.send(question);
                    }}
                  />
                )}
              </div>
              {isComparing && (
                <ComparedColumn compare={compare} heldKey={heldKey} isHeld={!canAsk} onOpen={setDialog} />
              )}
            </div>
            {last !== undefined && holdNotice}
          </div>
          <ComposerDock isAway={isAway} onGoToEnd={goToEnd}>
            {compare.model !== undefined && (
              <p className="mb-2 text-ink-soft text-sm">
                {t('Each question is two requests: one to {first}, one to {second}.', {
                  first: chosen,
                  second: compare.model.id,
                })}
              </p>
            )}
            <Composer
              fieldRef={field}
              model={chosen}
              isBusy={isBusy}
              hindrance={hindrance ?? (hold && <HoldLine until={hold.until} />)}
              status={<QuotaLine heldKey={heldKey} />}
              onSend={send}
              onStop={stop}
            />
          </ComposerDock>
        </div>
        <aside aria-label={t('Settings')} className="hidden xl:block">
          <div className="sticky top-9 -mx-1 max-h-[calc(100dvh-4.5rem)] overflow-y-auto px-1 pb-1">
            <SettingsAndKey heldKey={heldKey} onChangeKey={() => setDialog('key')} />
          </div>
        </aside>
      </div>
      <Announcer answer={last} />
      <ChatDialogs dialog={dialog} onChange={setDialog} heldKey={heldKey} model={chosen} onOpened={goToEnd} />
    </>
  );
}
