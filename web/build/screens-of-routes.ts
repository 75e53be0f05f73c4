import { parseAst } from 'vite';

/** A screen of routes.tsx. */
export interface RoutedScreen {
  /** As the router has it: `/keys/:id`. */
  path: string;
  /** What is imported for it, the outermost layout first, as routes.tsx writes it: `./shell/console-shell.tsx`. */
  modules: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: the syntax tree, of which only few nodes matter
type Node = any;

/**
 * Which modules each address loads on demand.
 * @param source of routes.tsx: layouts have `lazy` and `children`, screens are calls of `screen(path, load)`
 */
export function screensOfRoutes(source: string): readonly RoutedScreen[] {
  const screens: RoutedScreen[] = [];
  visit(parseAst(source, { lang: 'tsx' }), []);
  return screens;

  function visit(node: Node, layouts: readonly string[]): void {
    if (typeof node !== 'object' || node === null) return;
    if (node.type === 'CallExpression' && isScreen(node.callee.name)) {
      const [path, load] = node.arguments;
      if (path.type === 'Literal')
        screens.push({ path: path.value, modules: [...layouts, ...imports(load)] });
      return;
    }
    if (node.type === 'ObjectExpression') {
      const property = (name: string) => node.properties.find(({ key }: Node) => key?.name === name)?.value;
      const within = [...layouts, ...imports(property('lazy'))];
      for (const { value } of node.properties) visit(value, within);
      return;
    }
    for (const value of Object.values(node)) visit(value, layouts);
  }
}

const isScreen = (callee: unknown) => callee === 'screen' || callee === 'publicScreen';

function imports(node: Node): string[] {
  if (typeof node !== 'object' || node === null) return [];
  if (node.type === 'ImportExpression') return [node.source.value];
  return Object.values(node).flatMap(imports);
}
