import {
  BookOpen,
  Boxes,
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
import type { ConsoleConfig } from '../../config.ts';
import { t } from '../../language/t.ts';

interface NavigationItem {
  to: string;
  label: () => string;
  icon: LucideIcon;
  /** Shown only where the settings turn it on. */
  onlyWhere?: 'billing' | 'oneTimeMessages';
}

interface NavigationSection {
  label: () => string;
  items: readonly NavigationItem[];
  /** Shown only to members of this Cognito group; the API decides what they may do. */
  group?: string;
}

/** The Cognito group of those who look after users. */
export const adminGroup = 'admins';

/** In order. List nothing before it works. */
export const navigation: readonly NavigationSection[] = [
  {
    label: () => t('Build'),
    items: [
      { to: '/keys', label: () => t('API keys'), icon: KeyRound },
      { to: '/playground', label: () => t('Playground'), icon: MessagesSquare },
      { to: '/secrets', label: () => t('One-time messages'), icon: MailPlus, onlyWhere: 'oneTimeMessages' },
      { to: '/models', label: () => t('Models'), icon: Boxes },
      { to: '/docs', label: () => t('Docs'), icon: BookOpen },
      { to: '/docs/api', label: () => t('API reference'), icon: FileCode },
    ],
  },
  {
    label: () => t('Account'),
    items: [
      { to: '/activity', label: () => t('Activity'), icon: History },
      { to: '/usage', label: () => t('Usage'), icon: ChartColumn },
      { to: '/billing', label: () => t('Billing'), icon: CreditCard, onlyWhere: 'billing' },
      { to: '/settings', label: () => t('Settings'), icon: Settings },
    ],
  },
  {
    label: () => t('Admin'),
    group: adminGroup,
    items: [
      { to: '/admin/users', label: () => t('Users'), icon: Users },
      { to: '/admin/keys', label: () => t('All keys'), icon: KeySquare },
      { to: '/admin/usage', label: () => t('Usage by user'), icon: ChartNoAxesColumn },
      { to: '/admin/audit', label: () => t('Audit trail'), icon: ScrollText },
      { to: '/admin/health', label: () => t('Health'), icon: HeartPulse },
    ],
  },
];

/** What is shown to a user of these groups, where the settings are so. */
export const navigationFor = (
  groups: readonly string[],
  config: Pick<ConsoleConfig, 'billing' | 'oneTimeMessages'>,
): readonly NavigationSection[] =>
  navigation
    .filter(({ group }) => group === undefined || groups.includes(group))
    .map((section) => ({
      ...section,
      items: section.items.filter(({ onlyWhere }) => onlyWhere === undefined || config[onlyWhere]),
    }));

/** Of some addresses, the one that the screen at `pathname` belongs to. */
export function currentAddress(pathname: string, addresses: readonly string[]): string | undefined {
  const around = addresses.filter((to) => pathname === to || pathname.startsWith(`${to}/`));
  return around.toSorted((one, other) => other.length - one.length)[0];
}
