import { t } from '../../../language/t.ts';
import { createValueStore } from '../../../value-store.ts';

/** A system prompt under a name. */
export interface PromptPreset {
  name: string;
  text: string;
}

export const builtInPresets = (): PromptPreset[] => [
  {
    name: t('Brief'),
    text: t('Answer in at most three sentences, in plain words. No introduction, no summary.'),
  },
  {
    name: t('Code reviewer'),
    text: t(
      'You review code. Name the bugs first, each with its line and a fix, then what is unclear. Praise nothing.',
    ),
  },
  {
    name: t('Translator'),
    text: t(
      'Translate what I write into English, or into German if it is English. Answer with the translation alone.',
    ),
  },
  {
    name: t('Tutor'),
    text: t('Explain step by step, and ask me a short question after each step to see whether I follow.'),
  },
  {
    name: t('Data extractor'),
    text: t(
      'Extract the facts from the text as JSON. Use null for what the text doesn’t say. Invent nothing.',
    ),
  },
];

const storageName = 'daypass-prompts';

/** The user's own, kept in this browser. */
export const ownPresets = createValueStore<readonly PromptPreset[]>(readStored());

export function savePreset(preset: PromptPreset): void {
  keep([...ownPresets.get().filter(({ name }) => name !== preset.name), preset]);
}

export const removePreset = (name: string): void =>
  keep(ownPresets.get().filter((preset) => preset.name !== name));

function keep(presets: readonly PromptPreset[]): void {
  ownPresets.set(presets);
  try {
    localStorage.setItem(storageName, JSON.stringify(presets));
  } catch {
    // Storage is blocked or full: they last until the tab is closed.
  }
}

function readStored(): PromptPreset[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageName) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isPreset) : [];
  } catch {
    return [];
  }
}

/** A declaration, since the stored ones are read before this line is reached. */
function isPreset(value: unknown): value is PromptPreset {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'text' in value &&
    typeof value.text === 'string'
  );
}
