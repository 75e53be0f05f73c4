import { t } from '../../../language/t.ts';
import { createValueStore, type ValueStore } from '../../../value-store.ts';
import type { Question } from '../question/question.ts';
import type { Attachment } from './attachment.ts';
import type { Room } from './attachment-size.ts';
import { mostOf } from './attachment-types.ts';
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
    const here = room();
    const attachment = await read(file, here);
    const { attachments } = draft.get();
    const { kind } = attachment;
    const earlier = kind === 'document' ? here.earlierDocuments : 0;
    if (earlier + attachments.filter((other) => other.kind === kind).length >= mostOf[kind]) {
      throw new AttachmentFault(
        t('“{name}” is one too many: {why}', { name: file.name, why: mostWords(kind, earlier) }),
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
          error instanceof AttachmentFault
            ? error.message
            : t('“{name}” could not be attached.', { name: file.name }),
        );
      }
    }
    const news = attached.length === 0 ? '' : t('Attached: {names}.', { names: attached.join(', ') });
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
      change({ faults: [], news: t('Removed: {name}.', { name: removed.name }) });
    },
    forgetNews: () => change({ faults: [], news: '' }),
  };
}

function mostWords(kind: Attachment['kind'], earlier: number): string {
  if (kind === 'image') return t('a question can have up to {most} images.', { most: mostOf.image });
  const most = t('a conversation can have up to {most} documents, earlier ones included.', {
    most: mostOf.document,
  });
  return earlier === 0 ? most : `${most} ${t('Start a new chat to attach others.')}`;
}
