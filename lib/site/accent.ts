import { readFileSync } from 'node:fs';
import { contrast, type Oklch, toHex, toOklch } from './oklch.ts';

const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];

/** The colours of web/styles/theme.css that an accent replaces: itself, pressed or pointed at, behind text, and on top of it. */
interface Shades {
  accent: string;
  strong: string;
  soft: string;
  on: string;
}

type Accent = Record<Theme, Shades>;

/** What WCAG 2.2 AA asks of text. */
const leastContrast = 4.5;

const css = readFileSync(new URL('../../web/styles/theme.css', import.meta.url), 'utf8');

function colourOf(name: string): Record<Theme, string> {
  const [, light, dark] =
    new RegExp(`--color-${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css) ?? [];
  if (light === undefined || dark === undefined) throw new Error(`theme.css has no --color-${name}`);
  return { light, dark };
}

const grounds = ['canvas', 'sunken', 'surface', 'raised'].map(colourOf);

/** @param dark of the dark theme; without it, the lightest that is needed of the same hue */
export function accentOf(light: string, dark?: string): Accent {
  return { light: shades.light(toOklch(light), light), dark: darkShades(toOklch(light), dark) };
}

const shades: Record<Theme, (colour: Oklch, accent: string) => Shades> = {
  light: ({ lightness, chroma, hue }, accent) => ({
    accent,
    strong: toHex({ lightness: lightness - 0.09, chroma, hue }),
    soft: toHex({ lightness: 0.968, chroma: Math.min(chroma * 0.12, 0.02), hue }),
    on: '#ffffff',
  }),
  dark: ({ lightness, chroma, hue }, accent) => ({
    accent,
    strong: toHex({ lightness: Math.min(1, lightness + 0.07), chroma: chroma * 0.8, hue }),
    soft: toHex({ lightness: 0.27, chroma: Math.min(chroma * 0.45, 0.06), hue }),
    on: toHex({ lightness: 0.19, chroma: Math.min(chroma * 0.25, 0.035), hue }),
  }),
};

function darkShades(colour: Oklch, given: string | undefined): Shades {
  if (given !== undefined) return shades.dark(toOklch(given), given);
  const start = { ...colour, chroma: Math.min(colour.chroma, 0.13), lightness: 0.765 };
  return shadesFrom('dark', start, 0.005);
}

/** Of the first colour from this one on, step by step lighter or darker, on which and as which all text can be read. */
function shadesFrom(theme: Theme, start: Oklch, step: number): Shades {
  for (let { lightness } = start; lightness >= 0 && lightness <= 1; lightness += step) {
    const hex = toHex({ ...start, lightness });
    const found = shades[theme](toOklch(hex), hex);
    if (leastOf(theme, found) >= leastContrast) return found;
  }
  throw new Error(`No lightness of hue ${start.hue} can be read in the ${theme} theme`);
}

/** The lowest contrast of text with what is behind it, wherever an accent is one of the two. */
function leastOf(theme: Theme, { accent, strong, soft, on }: Shades): number {
  const behind = [...grounds.map((ground) => ground[theme]), soft];
  return Math.min(
    ...[accent, strong].flatMap((text) => behind.map((ground) => contrast(text, ground))),
    ...[accent, strong].map((ground) => contrast(on, ground)),
    ...['ink', 'ink-soft'].map((name) => contrast(colourOf(name)[theme], soft)),
  );
}

/** @returns what an accent of this theme must be, if text can't be read with this one */
export function accentMistake(theme: Theme, hex: string): string | undefined {
  const colour = toOklch(hex);
  const least = leastOf(theme, shades[theme](colour, hex));
  if (least >= leastContrast) return undefined;
  const instead = shadesFrom(theme, colour, theme === 'light' ? -0.005 : 0.005).accent;
  return `must reach a contrast of ${leastContrast}:1 with the ${theme} theme’s text and grounds, and has ${least.toFixed(1)}:1; '${instead}' does`;
}
