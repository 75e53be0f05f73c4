import type { CatalogModel } from '../../../../core/catalog.ts';
import { t } from '../../../../web/language/t.ts';
import { type Html, html } from './html.ts';

/** A call in four lines, with this deployment's address. */
export function callSnippet(models: readonly CatalogModel[], origin: string): Html {
  const model = models[0]?.name ?? 'MODEL';
  const title = t('Python, with the OpenAI client');
  return html`<figure>
    <figcaption>${title} <button type="button" data-copy data-copied="${t('Copied')}" hidden>${t('Copy')}</button></figcaption>
    <pre tabindex="0" aria-label="${title}"><code data-code>from openai import OpenAI
client = OpenAI(base_url="<b data-origin>${origin}</b>/v1", api_key="YOUR_KEY")
answer = client.responses.create(model="${model}", input="Say hello.")
print(answer.output_text)</code></pre>
  </figure>`;
}
