import { accessSync, constants, statfsSync } from 'node:fs';

/** A folder of Linux's that is memory. */
export const sharedMemory = '/dev/shm';

/** Whether there is one, with room for what all workers of a run put into it. */
export const hasSharedMemory = hasRoom(sharedMemory);

function hasRoom(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > 2 ** 30;
  } catch {
    return false;
  }
}
