/** The one tooltip that is shown: of whatever has the mouse or the focus. */
export interface Tip {
  element: HTMLElement;
  text: string;
}

let shown: Tip | undefined;
const listeners = new Set<() => void>();

export const tooltipState = {
  shown: () => shown,
  show(next: Tip | undefined): void {
    if (next === shown) return;
    shown = next;
    for (const listener of [...listeners]) listener();
  },
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};
