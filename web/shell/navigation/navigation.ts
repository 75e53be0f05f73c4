import {
  BookOpen,
  ChartColumn,
  ChartNoAxesColumn,
  CreditCard,
  FileCode,
  HeartPulse,
  History,
  KeyRound,
  KeySquare,
  type LucideIcon,
  MailPlus,
  MessagesSquare,
  ScrollText,
  Settings,
  Users,
} from 'lucide-react';

interface NavigationItem {
  to: string;
  label: string;
  icon: LucideIcon;
  /** Shown only where the settings turn it on. */
  onlyWhere?: 'billing' | 'oneTimeMessages';
}

interface NavigationSection {
  label: string;
  items: readonly NavigationItem[];
  /** Shown only to members of this Cognito group; the API decides what they may do. */
  group?: string;
}

/** The Cognito group of those who look after users. */
export const adminGroup = 'admins';

/** In order. List nothing before it works. */
export const navigation: readonly NavigationSection[] = [
  {
    label: 'Build',
    items: [
      { to: '/keys', label: 'API keys', icon: KeyRound },
      { to: '/playground', label: 'Playground', icon: MessagesSquare },
      { to: '/secrets', label: 'One-time messages', icon: MailPlus, onlyWhere: 'oneTimeMessages' },
      { to: '/docs', label: 'Docs', icon: BookOpen },
      { to: '/docs/api', label: 'API reference', icon: FileCode },
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
  {
    label: 'Admin',
    group: adminGroup,
    items: [
      { to: '/admin/users', label: 'Users', icon: Users },
      { to: '/admin/keys', label: 'All keys', icon: KeySquare },
      { to: '/admin/usage', label: 'Usage by user', icon: ChartNoAxesColumn },
      { to: '/admin/audit', label: 'Audit trail', icon: ScrollText },
      { to: '/admin/health', label: 'Health', icon: HeartPulse },
    ],
  },
];

/** Of some addresses, the one that the screen at `pathname` belongs to. */
export function currentAddress(pathname: string, addresses: readonly string[]): string | undefined {
  const around = addresses.filter((to) => pathname === to || pathname.startsWith(`${to}/`));
  return around.toSorted((one, other) => other.length - one.length)[0];
}
