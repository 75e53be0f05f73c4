/** Shared by menus and selects. */
export const popupStyle =
  'origin-(--transform-origin) rounded-lg bg-raised p-1 text-ink shadow-popup outline-hidden transition-[transform,opacity] duration-100 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0';
