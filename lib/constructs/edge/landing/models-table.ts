import type { Catalog } from '../../../../core/catalog.ts';
import { t } from '../../../../web/language/t.ts';
import { dollars, makerWords, tokenWords } from '../../../../web/models/listing-words.ts';
import { type Html, html } from './html.ts';

interface Row {
  name: string;
  maker: string;
  kind?: string;
  contextTokens: number | undefined;
  input: number;
  output: number | undefined;
}

/** Every model of the settings with its prices. */
export function modelsTable({ models, embeddingModels }: Catalog): Html {
  const rows: Row[] = [
    ...models.map(({ name, ownedBy, contextTokens, pricePerMillionTokens: { input, output } }) => ({
      name,
      maker: makerWords({ owned_by: ownedBy }),
      contextTokens,
      input,
      output,
    })),
    ...embeddingModels.map(({ name, ownedBy, contextTokens, pricePerMillionTokens: { input } }) => ({
      name,
      maker: makerWords({ owned_by: ownedBy }),
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

function tableRow({ name, maker, kind, contextTokens, input, output }: Row): Html {
  return html`<tr>
    <th scope="row"><code>${name}</code>${kind !== undefined && html` <small>${kind}</small>`}</th>
    <td class="wide">${maker}</td>
    <td class="figure wide">${contextTokens === undefined ? '–' : tokenWords(contextTokens)}</td>
    <td class="figure">${dollars(input)}</td>
    <td class="figure">${output === undefined ? '–' : dollars(output)}</td>
  </tr>`;
}
