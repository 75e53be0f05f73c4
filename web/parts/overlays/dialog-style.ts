/** Shared by dialogs, alert dialogs and the navigation drawer. */
export const dialogStyle = {
  backdrop:
    'dialog-backdrop fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0',
  viewport: 'fixed inset-0 z-40 flex items-end justify-center sm:items-center sm:p-6',
  popup:
    'flex max-h-[92dvh] w-full flex-col rounded-t-xl bg-raised text-ink shadow-popup outline-hidden transition-[transform,opacity] duration-150 data-ending-style:translate-y-3 data-ending-style:opacity-0 data-starting-style:translate-y-3 data-starting-style:opacity-0 sm:max-h-[86dvh] sm:rounded-xl',
  title: 'font-semibold text-lg tracking-tight',
  description: 'mt-1 text-base text-ink-soft',
  footer:
    'flex flex-col-reverse gap-2 rounded-b-xl border-line border-t bg-sunken/60 px-5 py-3 sm:flex-row sm:justify-end sm:px-6',
} as const;
