import {
  BookOpen,
  Boxes,
  Keyboard,
  KeyRound,
  LogIn,
  LogOut,
  MessagesSquare,
  Moon,
  Plus,
  Sun,
  SunMoon,
  UserPlus,
} from 'lucide-react';
import { useNavigate } from 'react-router';
import { docPages } from '../docs/doc-pages.ts';
import { excerptOf, matchingSections } from '../docs/doc-sections.ts';
import { useDocSections } from '../docs/use-doc-sections.ts';
import { useLiveKeys } from '../keys/use-live-keys.ts';
import { t } from '../language/t.ts';
import { makerWords } from '../models/listing-words.ts';
import { useConsole, useSessionState } from '../shell/console-context.ts';
import { navigation } from '../shell/navigation/navigation.ts';
import { overlay } from '../shell/palette/overlay.ts';
import { shortcutFor } from '../shell/palette/shortcuts.ts';
import { useMe } from '../shell/session/use-me.ts';
import { chooseTheme, type Theme } from '../shell/theme.ts';
import { useModels } from '../shell/use-models.ts';
import { callItems } from './call-items.ts';
import type { PaletteGroup, PaletteItem, To } from './palette-items.ts';

/** Everything that the search over everything finds, in groups. */
export function usePaletteGroups(query: string): PaletteGroup[] {
  const { status } = useSessionState();
  const isLoggedIn = status === 'logged-in';
  const navigate = useNavigate();
  const to = (path: string) => () => void navigate(path);
  return [
    { title: t('Screens'), items: useScreens(isLoggedIn, to) },
    { title: t('Actions'), items: useActions(isLoggedIn, to) },
    { title: t('Your keys'), items: useKeys(isLoggedIn, to) },
    { title: t('Models'), items: useModelItems(to), onlySearched: true },
    { title: t('Docs'), items: useDocItems(query, to), onlySearched: true },
    { title: t('Calls'), items: callItems(useConsole().config, to), onlySearched: true },
  ];
}

const publicPaths = ['/models', '/docs', '/docs/api'];

function useScreens(isLoggedIn: boolean, to: To): PaletteItem[] {
  const { config } = useConsole();
  const groups = useMe({ isWanted: isLoggedIn }).data?.groups ?? [];
  return navigation
    .filter(({ group }) => group === undefined || groups.includes(group))
    .flatMap(({ label: section, items }) =>
      items
        .filter(({ onlyWhere }) => onlyWhere === undefined || config[onlyWhere])
        .filter(({ to: path }) => isLoggedIn || publicPaths.includes(path))
        .map(({ to: path, label, icon }) => ({
          id: `screen ${path}`,
          label: label(),
          about: section(),
          icon,
          run: to(path),
        })),
    );
}

function useActions(isLoggedIn: boolean, to: To): PaletteItem[] {
  const { config, session } = useConsole();
  const themes: [Theme, string, typeof Sun][] = [
    ['light', t('Light theme'), Sun],
    ['dark', t('Dark theme'), Moon],
    ['system', t('Theme of the system'), SunMoon],
  ];
  const action = (item: Omit<PaletteItem, 'about'> & { about?: string }) => ({ about: '', ...item });
  return [
    ...(isLoggedIn
      ? [
          action({ id: 'create-key', label: t('Create a key'), icon: Plus, run: to('/keys/new') }),
          action({
            id: 'new-chat',
            label: t('New chat'),
            about: 'N',
            icon: MessagesSquare,
            run: () => (shortcutFor('n') ?? to('/playground'))(),
          }),
        ]
      : [
          action({ id: 'log-in', label: t('Log in'), icon: LogIn, run: to('/sign-in') }),
          ...(config.logIn.passwords === 'on'
            ? [action({ id: 'sign-up', label: t('Create an account'), icon: UserPlus, run: to('/sign-up') })]
            : []),
        ]),
    ...themes.map(([theme, label, icon]) =>
      action({ id: theme, label, icon, otherWords: t('Appearance'), run: () => chooseTheme(theme) }),
    ),
    action({
      id: 'shortcuts',
      label: t('Keyboard shortcuts'),
      about: '?',
      icon: Keyboard,
      run: () => overlay.set('shortcuts'),
    }),
    ...(isLoggedIn
      ? [action({ id: 'log-out', label: t('Log out'), icon: LogOut, run: () => void session.logOut() })]
      : []),
  ];
}

function useKeys(isLoggedIn: boolean, to: To): PaletteItem[] {
  const { data = [] } = useLiveKeys({ isWanted: isLoggedIn });
  return data.map(({ id, name, plan, last4 }) => ({
    id,
    label: name,
    about: `${plan} · …${last4}`,
    otherWords: id,
    icon: KeyRound,
    run: to(`/keys/${id}`),
  }));
}

function useModelItems(to: To): PaletteItem[] {
  return (useModels().data?.data ?? []).map((model) => ({
    id: `model ${model.id}`,
    label: model.id,
    about: makerWords(model),
    icon: Boxes,
    isCode: true,
    run: to(`/models#${model.id}`),
  }));
}

function useDocItems(query: string, to: To): PaletteItem[] {
  const sections = useDocSections(true);
  if (sections.length === 0)
    return docPages.map(({ path, label, about }) => ({
      id: `doc ${path}`,
      label: label(),
      about: about(),
      icon: BookOpen,
      run: to(path),
    }));
  return matchingSections(sections, query).map((section) => ({
    id: `doc ${section.path}`,
    label: section.titles.at(-1) ?? '',
    about: section.titles.length > 1 ? (section.titles[0] ?? '') : excerptOf(section, query),
    otherWords: section.text,
    lang: 'en',
    icon: BookOpen,
    run: to(section.path),
  }));
}
