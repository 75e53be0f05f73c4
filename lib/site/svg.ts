/** A picture of the operator's, which browsers show and also open as a page of our origin. */
export interface Svg {
  text: string;
  width: number;
  height: number;
}

/** What a picture is drawn with. Others run, load or hold foreign things: `script`, `a`, `animate`, `foreignObject`, `image`. */
const elements = new Set([
  ...['svg', 'g', 'defs', 'symbol', 'use', 'title', 'desc', 'metadata', 'style', 'switch', 'view'],
  ...['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text', 'tspan', 'textPath'],
  ...['linearGradient', 'radialGradient', 'stop', 'pattern', 'clipPath', 'mask', 'marker', 'filter'],
  ...['feBlend', 'feColorMatrix', 'feComponentTransfer', 'feComposite', 'feFlood', 'feFuncA', 'feFuncB'],
  ...['feFuncG', 'feFuncR', 'feGaussianBlur', 'feMerge', 'feMergeNode', 'feMorphology', 'feOffset'],
  ...['feDropShadow', 'feTile', 'feTurbulence'],
]);

/** XML's own syntax, less all that a logo has no use for: document types, CDATA, processing instructions. */
const name = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?';
const quoted = `(?:"[^"<]*"|'[^'<]*')`;
const token = new RegExp(
  [
    '(?<declaration><\\?xml\\s[^<>?]*\\?>)',
    '(?<comment><!--(?:[^-]|-(?!-))*-->)',
    `</(?<closed>${name})\\s*>`,
    `<(?<opened>${name})(?<attributes>(?:\\s+${name}\\s*=\\s*${quoted})*)\\s*(?<empty>/?)>`,
    '(?<text>[^<]+)',
  ].join('|'),
  'y',
);
const attributes = new RegExp(`(${name})\\s*=\\s*(${quoted})`, 'g');

const notWellFormed = 'must be well-formed SVG, without a document type';

/**
 * Reads a picture that shows what it shows by itself: it neither runs nor loads anything.
 * @returns the picture, or what it must be and isn't
 */
export function readSvg(file: string): Svg | string {
  const text = file.replace(/^\uFEFF/, '').trim();
  const open: string[] = [];
  let root: Map<string, string> | undefined;
  let styles = '';
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const { groups } = token.exec(text) ?? {};
    if (groups === undefined || (groups.declaration !== undefined && at > 0)) return notWellFormed;
    const inside = open.at(-1);
    if (groups.closed !== undefined && open.pop() !== groups.closed) return notWellFormed;
    if (groups.text !== undefined) {
      if (inside === undefined && groups.text.trim() !== '') return notWellFormed;
      if (inside === 'style') styles += groups.text;
    }
    if (groups.opened === undefined) continue;
    if (inside === undefined && (root !== undefined || groups.opened !== 'svg')) return notWellFormed;
    if (!elements.has(groups.opened))
      return `must not hold <${groups.opened}>: a picture neither runs nor loads`;
    const own = new Map<string, string>();
    for (const [, key = '', value = ''] of (groups.attributes ?? '').matchAll(attributes)) {
      if (own.has(key)) return notWellFormed;
      own.set(key, value.slice(1, -1));
    }
    const mistake = attributeMistake(own, root === undefined);
    if (mistake !== undefined) return mistake;
    root ??= own;
    if (groups.empty !== '/') open.push(groups.opened);
    else if (inside === undefined) return notWellFormed;
  }
  if (root === undefined || open.length > 0) return notWellFormed;
  if (styles.includes('&') || loads(styles)) return foreign('its style');
  return sized(text, root);
}

function attributeMistake(own: ReadonlyMap<string, string>, isRoot: boolean): string | undefined {
  if (own.get('xmlns') !== (isRoot ? svgNamespace : undefined)) {
    return `must have xmlns="${svgNamespace}" on its first element, and on no other`;
  }
  for (const [key, value] of own) {
    const local = key.slice(key.indexOf(':') + 1);
    if (/^on/i.test(local)) return `must not have ${key}: a picture runs nothing`;
    // A character that is written as its number would hide from the checks.
    if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(value)) return `must not have & in ${key}`;
    if (/^(href|src|base)$/i.test(local) && !key.startsWith('xmlns') && !value.startsWith('#')) {
      return foreign(key);
    }
    if (loads(value)) return foreign(key);
  }
  return undefined;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

const foreign = (where: string) => `must not link to anything outside of itself, as ${where} does`;

/** By CSS, in which escapes would hide it. */
function loads(css: string): boolean {
  return (
    /@import|javascript:|expression\(|\\|image-set|src\(/i.test(css) ||
    [...css.matchAll(/url\(\s*(["']|&quot;|&apos;)?\s*(.)/gi)].some(([, , first]) => first !== '#')
  );
}

function sized(text: string, root: ReadonlyMap<string, string>): Svg | string {
  const [, , width = Number.NaN, height = Number.NaN] = (root.get('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  if (!(width > 0 && height > 0 && Number.isFinite(width / height))) {
    return 'must have a viewBox of four numbers, by which it is scaled';
  }
  return { text, width, height };
}
