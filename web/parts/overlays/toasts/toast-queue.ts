import type { Toast } from '@base-ui/react/toast';

export type ToastManager = ReturnType<typeof Toast.createToastManager>;
export type ToastOptions = Parameters<ToastManager['add']>[0];

const waiting: ToastOptions[] = [];
let manager: ToastManager | undefined;

/** Keeps messages until what shows them has come. */
export const toastQueue = {
  add(toast: ToastOptions): void {
    if (manager === undefined) waiting.push(toast);
    else manager.add(toast);
  },
  close(id: string): void {
    manager?.close(id);
  },
  /** @returns what ends it */
  showBy(next: ToastManager): () => void {
    manager = next;
    for (const toast of waiting.splice(0)) next.add(toast);
    return () => {
      manager = undefined;
    };
  },
};
