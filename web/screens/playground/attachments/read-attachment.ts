import { t } from '../../../language/t.ts';
import type { Attachment } from './attachment.ts';
import { base64Length, mostScaledBytes, type Room, tooLarge } from './attachment-size.ts';
import { attachmentType, documentEndings, headBytes } from './attachment-types.ts';
import type { ScaledImage } from './scale-image.ts';

export interface ReadDeps {
  /** @returns undefined if it can't be made that small */
  scale(picture: Blob, mostBytes: number): Promise<ScaledImage | undefined>;
  newId: () => string;
}

/** Why a file can't be attached. The message is for people. */
export class AttachmentFault extends Error {}

/**
 * Reads a file as it will be sent. An image that would not fit is scaled down; anything else is taken unchanged or not
 * at all.
 * @throws AttachmentFault
 */
export async function readAttachment(file: File, room: Room, deps: ReadDeps): Promise<Attachment> {
  const head = await bytesOf(file.slice(0, headBytes), file.name);
  const type = attachmentType(file, head);
  if (type === undefined) throw new AttachmentFault(wrongType(file.name));
  if (file.size === 0) throw new AttachmentFault(t('“{name}” is empty.', { name: file.name }));
  const named = (name: string) => ({ id: deps.newId(), name: unlikeName(name, room.takenNames) });

  if (base64Length(file.size) <= room.base64Bytes) {
    const base64 = toBase64(await bytesOf(file, file.name));
    return { ...named(file.name), ...type, sizeBytes: file.size, base64, scaledTo: undefined };
  }
  // Scaling would keep only the first frame of an animation.
  const canScale = type.kind === 'image' && type.mediaType !== 'image/gif';
  const scaled = canScale ? await deps.scale(file, mostScaledBytes(room)) : undefined;
  if (scaled === undefined) throw new AttachmentFault(tooLarge(file, room));
  const { blob, width, height } = scaled;
  return {
    ...named(file.name.replace(/(\.\w+)?$/, '.jpg')),
    kind: 'image',
    mediaType: blob.type,
    sizeBytes: blob.size,
    base64: toBase64(await bytesOf(blob, file.name)),
    scaledTo: { width, height },
  };
}

const wrongType = (name: string): string =>
  t(
    '“{name}” is not a type of file that models can read: PNG, JPEG, GIF and WebP images, and {endings} documents.',
    { name, endings: documentEndings.join(', ') },
  );

async function bytesOf(blob: Blob, name: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch {
    throw new AttachmentFault(
      t('“{name}” could not be read. Folders can’t be attached, only the files in them.', { name }),
    );
  }
}

/** Few enough arguments for every JavaScript engine. */
const pieceBytes = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    binary += String.fromCharCode(...bytes.subarray(at, at + pieceBytes));
  }
  return btoa(binary);
}

/** The API takes 255 characters, including the number and the extension. */
const longestStem = 230;

/** Numbers a name that is taken: everything pasted is called `image.png`. */
function unlikeName(name: string, taken: readonly string[]): string {
  const [, whole = name, ending = ''] = /^(.+?)(\.\w{1,10})?$/s.exec(name) ?? [];
  const stem = whole.slice(0, longestStem);
  let unlike = stem + ending;
  for (let count = 2; taken.includes(unlike); count += 1) unlike = `${stem}-${count}${ending}`;
  return unlike;
}
