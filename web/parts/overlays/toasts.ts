import type { Toast } from '@base-ui/react/toast';
import { popups } from './load-popups.ts';

type Manager = ReturnType<typeof Toast.createToastManager>;
type ToastOptions = Parameters<Manager['add']>[0];

const waiting: ToastOptions[] = [];
let manager: Manager | undefined;
let count = 0;

/** `toasts.add({ title, description, type: 'success' | 'error' })`, also outside components. */
export const toasts = {
  /** @returns what `close` takes */
  add(options: ToastOptions): string {
    count += 1;
    const toast = { ...options, id: `toast-${count}` };
    if (manager === undefined) {
      waiting.push(toast);
      popups.start();
    } else manager.add(toast);
    return toast.id;
  },
  close(id: string): void {
    manager?.close(id);
  },
  /** @returns what ends it */
  showBy(next: Manager): () => void {
    manager = next;
    for (const toast of waiting.splice(0)) next.add(toast);
    return () => {
      manager = undefined;
    };
  },
};
