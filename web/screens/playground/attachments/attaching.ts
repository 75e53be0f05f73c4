import { createValueStore, type ValueStore } from '../../../value-store.ts';
import type { Question } from '../question/question.ts';
import type { Attachment } from './attachment.ts';
import type { Room } from './attachment-size.ts';
import { mostInQuestion } from './attachment-types.ts';
import { AttachmentFault } from './read-attachment.ts';

export interface AttachingState {
  isReading: boolean;
  /** Why files were not attached. */
  faults: readonly string[];
  /** What happened last, for screen readers. */
  news: string;
}

export interface AttachingDeps {
  draft: ValueStore<Question>;
  /** @throws AttachmentFault */
  read(file: File, room: Room): Promise<Attachment>;
  /** The room that is left in the next call. */
  room(): Room;
}

/** Adds files to the question being written, and removes them. */
export function createAttaching({ draft, read, room }: AttachingDeps) {
  const store = createValueStore<AttachingState>({ isReading: false, faults: [], news: '' });
  const change = (next: Partial<AttachingState>) => store.set({ ...store.get(), ...next });
  const put = (attachments: readonly Attachment[]) => draft.set({ ...draft.get(), attachments });
  let queue: Promise<void> = Promise.resolve();
  let waiting = 0;

  async function attachOne(file: File): Promise<Attachment> {
    const attachment = await read(file, room());
    const { attachments } = draft.get();
    const most = mostInQuestion[attachment.kind];
    if (attachments.filter(({ kind }) => kind === attachment.kind).length >= most) {
      throw new AttachmentFault(
        `“${file.name}” is one too many: a question can have up to ${most} ${attachment.kind}s.`,
      );
    }
    put([...attachments, attachment]);
    return attachment;
  }

  async function attachAll(files: readonly File[]): Promise<void> {
    const attached: string[] = [];
    const faults: string[] = [];
    for (const file of files) {
      try {
        attached.push((await attachOne(file)).name);
      } catch (error) {
        faults.push(
          error instanceof AttachmentFault ? error.message : `“${file.name}” could not be attached.`,
        );
      }
    }
    const news = attached.length === 0 ? '' : `Attached: ${attached.join(', ')}.`;
    waiting -= 1;
    change({ isReading: waiting > 0, faults: [...new Set([...store.get().faults, ...faults])], news });
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    /** One after another: each takes up room that the next can't have. */
    attach(files: readonly File[]): Promise<void> {
      if (files.length === 0) return queue;
      waiting += 1;
      change({ isReading: true, faults: [] });
      queue = queue.then(() => attachAll(files));
      return queue;
    },
    remove(id: string): void {
      const { attachments } = draft.get();
      const removed = attachments.find((attachment) => attachment.id === id);
      if (removed === undefined) return;
      put(attachments.filter((attachment) => attachment !== removed));
      change({ faults: [], news: `Removed: ${removed.name}.` });
    },
    forgetNews: () => change({ faults: [], news: '' }),
  };
}
