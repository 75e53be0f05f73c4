import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from 'oxc-parser';

const root = join(import.meta.dirname, '../../..');

/** A text that goes through `t` or `T`. */
export interface Text {
  at: string;
  text: string;
  /** Undefined where it isn't a plain object. */
  args: string[] | undefined;
  /** By `T`, where `<a>` is an element. */
  isRich: boolean;
}

export interface Texts {
  texts: Text[];
  /** Calls of `t` that no reader of the source can resolve, or that run before the language is known. */
  misuses: string[];
  /** English that goes by no catalogue. */
  bare: { file: string; at: string; text: string }[];
}

interface Node {
  type: string;
  start: number;
  [field: string]: unknown;
}

/** Names of attributes and fields that people read or hear. */
const readable =
  /^(aria-(label|description|placeholder|roledescription|valuetext)|alt|title|placeholder|label|\w+Label|description|hint|header|caption|summary|message|word|words|detail|action|confirm|error|aside|footer|step|note|question|heading)$/;

/** English wherever it stands: three words in a row. */
const isSentence = (words: string): boolean =>
  /(^|[^-\w])\p{L}[\p{Ll}’]+ [\p{Ll}’]+ [\p{Ll}’]+([^-\w]|$)/u.test(words);

export function readTexts(): Texts {
  const found: Texts = { texts: [], misuses: [], bare: [] };
  // What message-format.ts and t.ts throw is for whoever writes a text wrongly.
  const options = {
    cwd: root,
    exclude: ['web/build/**', 'web/language/{message-format,t}.ts', 'web/**/*-style.ts'],
  };
  for (const path of globSync(['web/**/*.{ts,tsx}', 'lib/constructs/edge/landing/*.ts'], options))
    readFile(join(root, path), found);
  return found;
}

function readFile(path: string, found: Texts): void {
  const file = relative(root, path);
  const source = readFileSync(path, 'utf8');
  const at = (node: Node) => `${file}:${source.slice(0, node.start).split('\n').length}`;

  const visit = (node: Node, parents: readonly Node[]): void => {
    if (isCallOfT(node)) {
      readCall(node, parents);
      return;
    }
    if (node.type === 'JSXElement' && nameOf(node.openingElement as Node) === 'T') readElement(node);
    else if (isReadable(node, parents)) found.bare.push({ file, at: at(node), text: wordsOf(node).trim() });
    const next = [...parents, node];
    for (const child of childrenOf(node)) visit(child, next);
  };

  const readCall = (node: Node, parents: readonly Node[]): void => {
    const [first, values] = node.arguments as Node[];
    const text = first === undefined ? undefined : literalOf(first);
    if (text === undefined) found.misuses.push(`${at(node)}: the text is no literal`);
    else found.texts.push({ at: at(node), text, args: namesIn(values), isRich: false });
    if (!parents.some(({ type }) => /Function/.test(type)))
      found.misuses.push(`${at(node)}: at the top level, before the language is known`);
    if (values !== undefined) visit(values, [...parents, node]);
  };

  const readElement = (node: Node): void => {
    const attributes = (node.openingElement as Node).attributes as Node[];
    const named = attributes.filter(({ type }) => type === 'JSXAttribute');
    const text = named.find((attribute) => nameOf(attribute) === 'text')?.value as Node | undefined;
    const words = text === undefined ? undefined : literalOf((text.expression as Node | undefined) ?? text);
    if (words === undefined) found.misuses.push(`${at(node)}: the text is no literal`);
    else {
      const args = named.map(nameOf).filter((name) => name !== 'text' && name !== 'key');
      found.texts.push({
        at: at(node),
        text: words,
        args: named.length === attributes.length ? args : undefined,
        isRich: true,
      });
    }
  };

  visit(parseSync(path, source).program as unknown as Node, []);
}

const isCallOfT = ({ type, callee }: Node): boolean =>
  type === 'CallExpression' && (callee as Node).type === 'Identifier' && (callee as Node).name === 't';

/** Words in JSX, or in what an attribute or a field shows. */
function isReadable(node: Node, parents: readonly Node[]): boolean {
  const words = wordsOf(node).replaceAll('Daypass', '');
  if (!/\p{L}{2}/u.test(words)) return false;
  if (node.type === 'JSXText') return true;
  // JSON, to show what it looks like.
  if (/^\s*[[{]/.test(words)) return false;
  if (isSentence(words) && !parents.some(isForMachines)) return true;
  for (let index = parents.length - 1; index >= 0; index -= 1) {
    const parent = parents[index] as Node;
    const below = parents[index + 1] ?? node;
    if (parent.type === 'JSXAttribute') return readable.test(nameOf(parent));
    if (parent.type === 'JSXExpressionContainer' && isElement(parents[index - 1])) return true;
    if (parent.type === 'Property') return parent.value === below && readable.test(keyOf(parent));
    if (!passesOn(parent, below)) return false;
  }
  return false;
}

/** Styles, texts of `T`, what programmers read, and modules. */
function isForMachines(node: Node): boolean {
  if (node.type === 'JSXAttribute') return ['className', 'rel', 'text'].includes(nameOf(node));
  if (node.type === 'CallExpression') return (node.callee as Node).name === 'clsx';
  if (node.type === 'NewExpression') return (node.callee as Node).name === 'Error';
  return node.type === 'ImportDeclaration';
}

/** What is in a branch of these is what they give; what decides between branches is not. */
function passesOn(parent: Node, below: Node): boolean {
  if (parent.type === 'ConditionalExpression') return parent.test !== below;
  if (parent.type === 'LogicalExpression') return parent.operator !== '&&' || parent.right === below;
  if (parent.type === 'BinaryExpression') return parent.operator === '+';
  return ['TemplateLiteral', 'JSXExpressionContainer', 'ParenthesizedExpression', 'JSXFragment'].includes(
    parent.type,
  );
}

const isElement = (node: Node | undefined): boolean =>
  node?.type === 'JSXElement' || node?.type === 'JSXFragment';

function wordsOf(node: Node): string {
  if (node.type === 'JSXText' || node.type === 'Literal')
    return typeof node.value === 'string' ? node.value : '';
  if (node.type === 'TemplateElement') return (node.value as { cooked: string }).cooked;
  return '';
}

function literalOf(node: Node): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type !== 'TemplateLiteral' || (node.expressions as Node[]).length > 0) return undefined;
  return (node.quasis as Node[]).map(wordsOf).join('');
}

function namesIn(values: Node | undefined): string[] | undefined {
  if (values === undefined) return [];
  if (values.type !== 'ObjectExpression') return undefined;
  const properties = values.properties as Node[];
  return properties.some(({ type }) => type !== 'Property') ? undefined : properties.map(keyOf);
}

function keyOf(property: Node): string {
  const key = property.key as Node;
  return String(key.name ?? key.value);
}

function nameOf(element: Node): string {
  const name = element.name as Node;
  return typeof name.name === 'string' ? name.name : '';
}

function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
