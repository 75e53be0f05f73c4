import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { clsx } from 'clsx';
import { Search, X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { t } from '../language/t.ts';
import { dialogStyle } from '../parts/overlays/dialog-style.ts';
import { matchingGroups, type PaletteGroup, type PaletteItem } from './palette-items.ts';
import { usePaletteGroups } from './use-palette-groups.ts';

/** Screens, actions, keys, models, calls and docs by a few letters: a combobox in a dialog. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('');
  const groups = matchingGroups(usePaletteGroups(query), query);
  const hasChosen = useRef(false);
  const hint = useId();
  const choose = (item: PaletteItem) => {
    hasChosen.current = true;
    onClose();
    item.run();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialogStyle.backdrop} />
        <Dialog.Viewport className="fixed inset-0 z-40 flex items-start justify-center p-3 sm:pt-[12vh]">
          <Dialog.Popup
            aria-label={t('Search everything')}
            // What was chosen says where the focus goes.
            finalFocus={() => !hasChosen.current}
            className="flex max-h-[min(34rem,calc(100dvh-1.5rem))] w-full max-w-xl flex-col overflow-hidden rounded-xl bg-raised text-ink shadow-popup outline-hidden"
          >
            <Autocomplete.Root
              open
              inline
              mode="none"
              items={groups}
              value={query}
              onValueChange={(next) => setQuery(next)}
              autoHighlight="always"
              keepHighlight
              itemToStringValue={(item: PaletteItem) => item.label}
            >
              <div className="flex items-center gap-2.5 border-line border-b px-4">
                <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
                <Autocomplete.Input
                  aria-label={t('Search everything')}
                  aria-describedby={hint}
                  placeholder={t('Screens, keys, models, calls, docs …')}
                  className="h-12 w-full bg-transparent text-lg outline-none placeholder:text-ink-faint"
                />
                <Dialog.Close className="-mr-1.5 flex shrink-0 items-center justify-center rounded-sm p-1.5 text-ink-faint hover:text-ink touch:-mr-3 touch:min-h-11 touch:min-w-11">
                  <span className="sr-only">{t('Close')}</span>
                  {/* What closes it too, where there is such a key. */}
                  <kbd className="rounded-sm border border-line px-1.5 font-sans text-xs touch:hidden">
                    {t('Esc')}
                  </kbd>
                  <X aria-hidden className="hidden size-4.5 touch:block" />
                </Dialog.Close>
              </div>
              <Autocomplete.Empty className="px-4 text-ink-soft empty:hidden [&>p]:py-6">
                <p>{t('Nothing found')}</p>
              </Autocomplete.Empty>
              <Autocomplete.List
                aria-label={t('Results')}
                className="min-h-0 flex-1 scroll-py-2 overflow-y-auto overscroll-contain px-2 py-2 empty:hidden"
              >
                {(group: PaletteGroup) => (
                  <Autocomplete.Group key={group.title} items={group.items} className="not-last:mb-2">
                    <Autocomplete.GroupLabel className="px-2.5 pb-1 font-medium text-ink-faint text-xs">
                      {group.title}
                    </Autocomplete.GroupLabel>
                    <Autocomplete.Collection>
                      {(item: PaletteItem) => (
                        <Autocomplete.Item
                          key={item.id}
                          value={item}
                          lang={item.lang}
                          onClick={() => choose(item)}
                          className="flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2.5 outline-hidden data-highlighted:bg-accent-soft data-highlighted:text-accent forced-colors:data-highlighted:outline-2 touch:min-h-11"
                        >
                          <item.icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
                          <span
                            className={clsx('min-w-0 truncate', item.isCode === true && 'font-mono text-sm')}
                          >
                            {item.label}
                          </span>
                          <span className="ml-auto max-w-1/2 truncate text-ink-faint text-sm">
                            {item.about}
                          </span>
                        </Autocomplete.Item>
                      )}
                    </Autocomplete.Collection>
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
            </Autocomplete.Root>
            <p
              id={hint}
              className="touch:hidden border-line border-t bg-sunken/60 px-4 py-2 text-ink-faint text-xs"
            >
              {t('Arrow keys choose, Enter opens. ? lists the shortcuts.')}
            </p>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
