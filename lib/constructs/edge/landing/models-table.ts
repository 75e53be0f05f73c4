import type { Catalog } from '../../../../core/catalog.ts';
import { shortCount } from '../../../../core/contract/short-count.ts';
import { forLocale, t } from '../../../../web/language/t.ts';
import { type Html, html } from './html.ts';

interface Row {
  name: string;
  maker: string;
  kind?: string;
  contextTokens: number | undefined;
  input: number;
  output: number | undefined;
}

const makers: Readonly<Record<string, string>> = {
  ai21: 'AI21 Labs',
  amazon: 'Amazon',
  anthropic: 'Anthropic',
  cohere: 'Cohere',
  deepseek: 'DeepSeek',
  google: 'Google',
  meta: 'Meta',
  minimax: 'MiniMax',
  mistral: 'Mistral AI',
  moonshot: 'Moonshot AI',
  openai: 'OpenAI',
  qwen: 'Qwen',
  writer: 'Writer',
};

/** Every model of the settings with its prices. */
export function modelsTable({ models, embeddingModels }: Catalog): Html {
  const rows: Row[] = [
    ...models.map(({ name, ownedBy, contextTokens, pricePerMillionTokens: { input, output } }) => ({
      name,
      maker: makers[ownedBy] ?? ownedBy,
      contextTokens,
      input,
      output,
    })),
    ...embeddingModels.map(({ name, ownedBy, contextTokens, pricePerMillionTokens: { input } }) => ({
      name,
      maker: makers[ownedBy] ?? ownedBy,
      kind: t('embeddings'),
      contextTokens,
      input,
      output: undefined,
    })),
  ];
  return html`<div class="table" role="region" aria-labelledby="models" tabindex="0"><table>
  <thead><tr>
    <th scope="col">${t('Model')}</th>
    <th scope="col" class="wide">${t('Maker')}</th>
    <th scope="col" class="figure wide">${t('Context')}</th>
    <th scope="col" class="figure">${t('Input')}</th>
    <th scope="col" class="figure">${t('Output')}</th>
  </tr></thead>
  <tbody>${rows.map(tableRow)}</tbody>
</table></div>`;
}

const short = forLocale(shortCount);
const price = forLocale(
  (locale) =>
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: 'USD',
      currencyDisplay: 'narrowSymbol',
      maximumFractionDigits: 6,
    }),
);

function tableRow({ name, maker, kind, contextTokens, input, output }: Row): Html {
  return html`<tr>
    <th scope="row"><code>${name}</code>${kind !== undefined && html` <small>${kind}</small>`}</th>
    <td class="wide">${maker}</td>
    <td class="figure wide">${contextTokens === undefined ? '–' : short()(contextTokens)}</td>
    <td class="figure">${price().format(input)}</td>
    <td class="figure">${output === undefined ? '–' : price().format(output)}</td>
  </tr>`;
}
