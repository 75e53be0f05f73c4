import { onePerUser } from '../../one-per-user.ts';
import type { Console } from '../../shell/console-context.ts';
import { holdReload } from '../../shell/trouble/reload.ts';
import { createValueStore } from '../../value-store.ts';
import { createParsedBlocks } from './answer/parsed-blocks.ts';
import type { Room } from './attachments/attachment-size.ts';
import { attachmentsOf } from './attachments/attachments-of.ts';
import { createAttaching } from './attachments/draft-attachments.ts';
import { readAttachment } from './attachments/read-attachment.ts';
import { scaleImage } from './attachments/scale-image.ts';
import { chatDatabase, keptChoice } from './chats/chat-database.ts';
import { createKeeping } from './chats/keep-chats.ts';
import { type ConversationDeps, createConversations } from './conversation.ts';
import { callBytes } from './question/body-to-send.ts';
import { sentTurns } from './question/chat-body.ts';
import { openAnswer } from './question/open-answer.ts';
import { emptyQuestion, type Question } from './question/question.ts';
import { readSettings } from './settings/chat-settings.ts';
import { freshSettings, type SettingsDraft } from './settings/settings-draft.ts';

type Deps = Pick<Console, 'api' | 'config' | 'session'>;

/**
 * A user’s playground in this tab. It outlives the screen, so that they can look something up and come back. A reload
 * ends it, but for the chats of whoever keeps them.
 */
export const playgroundOf = onePerUser(
  createPlayground,
  ({ conversations, compared, comparedModel, keeping, parsed, settings, draft }) => {
    parsed.clear();
    keeping.stop();
    conversations.clear();
    compared.clear();
    comparedModel.set(undefined);
    settings.set(freshSettings);
    draft.set(emptyQuestion);
  },
);

function createPlayground({ api, config, session }: Deps) {
  const { userId = '' } = session.state();
  const newId = () => crypto.randomUUID();
  const deps: ConversationDeps = {
    open: openAnswer(api),
    now: Date.now,
    newId,
    onNextFrame(work) {
      const frame = requestAnimationFrame(work);
      return () => cancelAnimationFrame(frame);
    },
  };
  const conversations = createConversations(deps);
  const keeping = createKeeping({
    conversations,
    database: chatDatabase(userId),
    choice: keptChoice(userId),
    schedule(work, delayMs) {
      const timer = setTimeout(work, delayMs);
      return () => clearTimeout(timer);
    },
  });
  void keeping.start();
  /** What a second model answers to the same questions. */
  const compared = createConversations(deps);
  /** The second model's name; undefined: nothing is compared. */
  const comparedModel = createValueStore<string | undefined>(undefined);
  const settings = createValueStore<SettingsDraft>(freshSettings);
  /** The question being written. */
  const draft = createValueStore<Question>(emptyQuestion);
  holdReload(
    () => conversations.state().all.some(({ turns }) => turns.length > 0) || draft.get() !== emptyQuestion,
  );
  const bytesOfCall = (model: string) =>
    callBytes({
      earlier: conversations.state().turns,
      question: draft.get(),
      settings: readSettings(settings.get(), model),
    });
  const attaching = createAttaching({
    draft,
    read: (file, room) => readAttachment(file, room, { scale: scaleImage, newId }),
    room: (): Room => ({
      base64Bytes: Math.max(0, config.chat.maxBodyBytes - bytesOfCall(longestName) - partBytes),
      callBytes: config.chat.maxBodyBytes,
      earlierDocuments: attachmentsOf(sentTurns(conversations.state().turns)).filter(
        ({ kind }) => kind === 'document',
      ).length,
      takenNames: attachmentsOf(conversations.state().turns, draft.get()).map(({ name }) => name),
    }),
  });
  return {
    conversations,
    compared,
    comparedModel,
    keeping,
    parsed: createParsedBlocks(),
    settings,
    draft,
    attaching,
  };
}

/** The model may be chosen later. */
const longestName = 'x'.repeat(200);
/** Allows for the JSON around a file's base64, its name included, and for a short question. */
const partBytes = 2048;

export type Playground = ReturnType<typeof playgroundOf>;
