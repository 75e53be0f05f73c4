import { type DocElement, textOf } from '../../docs/doc-page.ts';
import { currentLanguage } from '../../language/current-language.ts';
import { t } from '../../language/t.ts';
import { CodeBlock } from '../../parts/code/code-block.tsx';
import { codeLanguage } from '../../parts/code/code-language.ts';
import { Tabs } from '../../parts/tabs.tsx';
import type { DocWords } from './use-doc-words.ts';

interface CodeExamplesProps {
  /** `pre` elements. */
  examples: readonly DocElement[];
  words: DocWords;
}

/** One example, or the same in several languages to choose from. */
export function CodeExamples({ examples, words }: CodeExamplesProps) {
  const blocks = examples.map((pre) => {
    const language = languageOf(pre);
    const code = textOf(pre.children).replace(/\n$/, '');
    const label = labelOf(language, code);
    return {
      label,
      block: (
        <CodeBlock
          code={words.shown(code)}
          copied={words.copied(code)}
          language={codeLanguage(language)}
          label={label}
          wrap
        />
      ),
    };
  });
  const isChoice = new Set(blocks.map(({ label }) => label)).size === blocks.length && blocks.length > 1;
  if (isChoice)
    return (
      <div lang={currentLanguage()} className="my-4">
        <Tabs
          label={t('Programming language')}
          tabs={blocks.map(({ label, block }) => ({ value: label, label, panel: block }))}
        />
      </div>
    );
  return blocks.map(({ block }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a page never changes its order
    <div key={index} lang={currentLanguage()} className="my-4">
      {block}
    </div>
  ));
}

function languageOf({ children: [code] }: DocElement): string {
  return typeof code === 'object' ? (code.language ?? 'sh') : 'sh';
}

const labels: Readonly<Record<string, string>> = {
  sh: 'Shell',
  python: 'Python',
  js: 'Node',
  json: 'JSON',
  toml: 'TOML',
};

const labelOf = (language: string, code: string): string =>
  language === 'sh' && code.includes('curl') ? 'curl' : (labels[language] ?? t('Code'));
