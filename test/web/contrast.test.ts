import { readFileSync } from 'node:fs';

/** WCAG 2.2: 4.5:1 for text, 3:1 for borders of controls and the focus ring. */
const theme = readFileSync(new URL('../../web/styles/theme.css', import.meta.url), 'utf8');
const colours = new Map(
  [...theme.matchAll(/--color-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

const grounds = ['canvas', 'sunken', 'surface', 'raised'];
const onGrounds = (texts: string[]) =>
  texts.flatMap((text) => grounds.map((ground) => [text, ground] as const));
const texts = [
  ...onGrounds(['ink', 'ink-soft', 'ink-faint', 'accent', 'accent-strong', 'danger', 'success', 'warning']),
  ...onGrounds(['code-keyword', 'code-string', 'code-number', 'code-name']),
  ...['ink', 'ink-soft', 'ink-faint'].map((text) => [text, 'hover'] as const),
  ...['accent', 'danger', 'warning', 'success'].map((tone) => [tone, `${tone}-soft`] as const),
  ...['accent', 'danger', 'warning', 'success'].flatMap((tone) => [
    ['ink', `${tone}-soft`] as const,
    ['ink-soft', `${tone}-soft`] as const,
  ]),
  ...['accent', 'danger'].flatMap((tone) => [
    [`on-${tone}`, tone] as const,
    [`on-${tone}`, `${tone}-strong`] as const,
  ]),
  ['canvas', 'ink'] as const,
];
const series = [1, 2, 3, 4, 5, 6].map((number) => `series-${number}`);
const parts = onGrounds(['line-strong', 'accent', ...series]);

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  test.each(texts)('%s can be read on %s', (text, ground) => {
    expect(contrast(colour(text)[theme], colour(ground)[theme])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(parts)('%s can be seen on %s', (part, ground) => {
    expect(contrast(colour(part)[theme], colour(ground)[theme])).toBeGreaterThanOrEqual(3);
  });

  test.each(['canvas', 'surface', 'raised'])(
    'what is chosen by keys or the pointer stands out from %s',
    (ground) => {
      expect(contrast(colour('hover')[theme], colour(ground)[theme])).toBeGreaterThanOrEqual(1.1);
    },
  );
});

function colour(name: string) {
  const found = colours.get(name);
  if (found === undefined) throw new Error(`theme.css has no --color-${name}`);
  return found;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
