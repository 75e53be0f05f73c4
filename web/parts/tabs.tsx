import { Tabs as BaseTabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

export interface Tab {
  value: string;
  label: string;
  panel: ReactNode;
}

interface TabsProps {
  /** For screen readers: what the tabs choose between. */
  label: string;
  tabs: readonly Tab[];
  value?: string;
  onChange?: (value: string) => void;
}

export function Tabs({ label, tabs, value, onChange }: TabsProps) {
  const first = tabs[0]?.value;
  return (
    <BaseTabs.Root
      {...(value === undefined ? { defaultValue: first } : { value })}
      onValueChange={(next) => onChange?.(String(next))}
    >
      <BaseTabs.List aria-label={label} className="relative flex gap-1 overflow-x-auto border-line border-b">
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-px h-9 whitespace-nowrap border-transparent border-b-2 px-2.5 font-medium text-ink-soft text-sm -outline-offset-2 hover:text-ink data-active:border-accent data-active:text-ink touch:h-11"
          >
            {tab.label}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map((tab) => (
        // The panel's content takes the focus itself; the panel would be a needless stop.
        <BaseTabs.Panel key={tab.value} value={tab.value} tabIndex={-1} className="pt-3">
          {tab.panel}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
