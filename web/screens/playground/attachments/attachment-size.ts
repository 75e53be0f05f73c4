import { sizeWords } from '../../../language/number-words.ts';
import { t } from '../../../language/t.ts';

export interface Room {
  /** How long the base64 of another file may be. */
  base64Bytes: number;
  /** The limit of a whole call. */
  callBytes: number;
  /** Documents that are sent along from earlier questions. */
  earlierDocuments: number;
  takenNames: readonly string[];
}

/** Leaves room for more images, and for later questions, which include this one. */
const shareOfCall = 1 / 3;
export const mostScaledBytes = ({ base64Bytes, callBytes }: Room): number =>
  fileBytes(Math.min(base64Bytes, callBytes * shareOfCall));

export const base64Length = (bytes: number): number => 4 * Math.ceil(bytes / 3);
const fileBytes = (base64Bytes: number): number => Math.max(0, 3 * Math.floor(base64Bytes / 4));

export function tooLarge({ name, size }: File, { base64Bytes, callBytes }: Room): string {
  const fits = fileBytes(base64Bytes);
  return t(
    '“{name}” is too large: it is {size}, and {room, select, none {there is no room left} other {there is room for {fits}}}. A call can be {call} in all, including the conversation so far, and files grow by a third when they are sent.',
    {
      name,
      size: sizeWords(size),
      room: fits === 0 ? 'none' : 'some',
      fits: sizeWords(fits),
      call: sizeWords(callBytes),
    },
  );
}
