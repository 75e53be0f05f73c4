import {
  ChartColumn,
  CreditCard,
  FileCode,
  History,
  KeyRound,
  type LucideIcon,
  MailPlus,
  MessagesSquare,
  Settings,
} from 'lucide-react';

interface NavigationItem {
  to: string;
  label: string;
  icon: LucideIcon;
  /** Shown only where the settings turn it on. */
  onlyWhere?: 'billing';
}

interface NavigationSection {
  label: string;
  items: readonly NavigationItem[];
  /** Shown only to members of this Cognito group; the API decides what they may do. */
  group?: string;
}

/**
 * The navigation, in order. Screens to come belong here too: provider keys beside the keys, the admins' screens in a section with `group`.
 */
export const navigation: readonly NavigationSection[] = [
  {
    label: 'Build',
    items: [
      { to: '/keys', label: 'API keys', icon: KeyRound },
      { to: '/playground', label: 'Playground', icon: MessagesSquare },
      { to: '/secrets', label: 'One-time messages', icon: MailPlus },
      { to: '/docs', label: 'API reference', icon: FileCode },
    ],
  },
  {
    label: 'Account',
    items: [
      { to: '/activity', label: 'Activity', icon: History },
      { to: '/usage', label: 'Usage', icon: ChartColumn },
      { to: '/billing', label: 'Billing', icon: CreditCard, onlyWhere: 'billing' },
      { to: '/settings', label: 'Settings', icon: Settings },
    ],
  },
];
