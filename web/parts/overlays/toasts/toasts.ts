import { popups } from '../load-popups.ts';
import { type ToastOptions, toastQueue } from './toast-queue.ts';

let count = 0;

/** `toasts.add({ title, description, type: 'success' | 'error' })`, also outside components. */
export const toasts = {
  /** @returns what `close` takes */
  add(options: ToastOptions): string {
    count += 1;
    const id = `toast-${count}`;
    toastQueue.add({ ...options, id });
    popups.start();
    return id;
  },
  close: toastQueue.close,
};
