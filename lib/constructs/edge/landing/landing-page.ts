import type { Catalog, CatalogModel } from '../../../../core/catalog.ts';
import type { Html } from './html.ts';
import { escaped, html } from './html.ts';
import { modelsTable } from './models-table.ts';
import { planList } from './plan-list.ts';
import { english, type LandingTexts } from './texts.ts';

export interface LandingPageProps {
  readonly catalog: Catalog;
  readonly stage: 'prod' | 'dev';
  /** Of the service, as visitors know it. */
  readonly name: string;
  /** What the service is, in the operator's words. @default the texts' own */
  readonly sentence?: string | undefined;
  /** See site-files.ts. @default the ticket */
  readonly logo?: 'mark' | 'word-mark' | undefined;
  readonly links?: readonly { label: string; url: string }[];
  readonly pages?: readonly { name: string; title: string }[];
  /** Where this deployment is: `https://llm.example.com`. */
  readonly origin: string;
  readonly region: string;
  readonly version: string;
}

/**
 * The page for visitors, with what this deployment offers written into the console's build of web/landing.html.
 * @throws Error if the template lacks a place that is filled in here
 */
export function landingPage(template: string, props: LandingPageProps, texts = english): string {
  const { name, sentence = texts.sentence } = props;
  const title = `${name}: ${sentence.replace(/\.$/, '')}`;
  const places = {
    '<html lang="en">': `<html lang="${texts.language}">`,
    '{{title}}': escaped(title),
    '{{description}}': escaped(`${sentence} ${texts.lead}`),
    '{{body}}': body(props, texts).html,
  };
  return Object.entries(places).reduce((page, [place, value]) => {
    if (!page.includes(place)) throw new Error(`web/landing.html has no ${place} to fill in`);
    return page.replace(place, () => value);
  }, template);
}

function body(props: LandingPageProps, texts: LandingTexts): Html {
  const { catalog, origin, sentence = texts.sentence } = props;
  return html`<a class="skip" href="#main">${texts.skip}</a>
<header class="top">
  ${brand(props)}
  <nav aria-label="${texts.pages}">
    <a href="/docs">${texts.docs}</a>
    <a href="/docs/api">${texts.reference}</a>
    <a href="#status">${texts.status}</a>
    <a class="button" href="/sign-in">${texts.logIn}</a>
  </nav>
</header>
<main id="main" tabindex="-1">
  <section class="hero">
    <div>
      <h1>${sentence}</h1>
      <p class="lead">${texts.lead}</p>
      ${wayIn(catalog, texts)}
    </div>
    ${snippet(catalog.models, origin, texts)}
  </section>
  <section aria-labelledby="models">
    <h2 id="models">${texts.models}</h2>
    <p>${texts.pricesNote}</p>
    ${modelsTable(catalog, texts)}
  </section>
  <section aria-labelledby="plans">
    <h2 id="plans">${texts.plans}</h2>
    <p>${texts.plansNote}</p>
    ${planList(catalog.plans, texts)}
  </section>
</main>
${foot(props, texts)}`;
}

function brand({ name, stage, logo }: LandingPageProps): Html {
  return html`<a class="brand" href="/">
    ${logo === undefined && ticket}
    ${logo === 'mark' && html`<span class="brand-logo"></span>`}
    ${logo === 'word-mark' ? html`<span class="brand-logo" role="img" aria-label="${name}"></span>` : name}
    ${stage === 'dev' && html`<span class="stage">dev</span>`}
  </a>`;
}

const ticket = html`<svg viewBox="0 0 32 32" aria-hidden="true">
      <path class="ticket" d="M4 6h24a2 2 0 0 1 2 2v5a3 3 0 0 0 0 6v5a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2v-5a3 3 0 0 0 0-6V8a2 2 0 0 1 2-2z"/>
      <circle class="hole" cx="19" cy="16" r="5"/>
      <path class="tear" d="M10 10v1m0 4.5v1m0 4.5v1"/>
    </svg>`;

/** What a visitor can do here depends on how accounts are made. */
function wayIn({ logIn, signUp }: Catalog, texts: LandingTexts): Html {
  const [provider, ...others] = logIn.providers;
  const conditions = [
    logIn.passwords === 'on' &&
      signUp.allowedDomains.length > 0 &&
      texts.onlyFor(listed(signUp.allowedDomains, texts)),
    signUp.approval === 'admin' && texts.approval,
  ].filter((condition) => condition !== false);
  const only = provider !== undefined && others.length === 0 ? provider.label : undefined;
  return html`<p class="ways">${
    logIn.passwords === 'on'
      ? html`<a class="button primary" href="/sign-up">${texts.createAccount}</a> <a class="button" href="/sign-in">${texts.logIn}</a>`
      : html`<a class="button primary" href="/sign-in">${only === undefined ? texts.logIn : texts.continueWith(only)}</a>`
  }</p>
  ${conditions.length > 0 && html`<p class="conditions">${conditions.join(' ')}</p>`}`;
}

const listed = (names: readonly string[], { language }: LandingTexts): string =>
  new Intl.ListFormat(language, { type: 'disjunction' }).format(names);

function snippet(models: readonly CatalogModel[], origin: string, texts: LandingTexts): Html {
  const model = models[0]?.name ?? 'MODEL';
  return html`<figure>
    <figcaption>${texts.snippet} <button type="button" data-copy data-copied="${texts.copied}" hidden>${texts.copy}</button></figcaption>
    <pre tabindex="0" aria-label="${texts.snippet}"><code data-code>from openai import OpenAI
client = OpenAI(base_url="<b data-origin>${origin}</b>/v1", api_key="YOUR_KEY")
answer = client.responses.create(model="${model}", input="Say hello.")
print(answer.output_text)</code></pre>
  </figure>`;
}

function foot({ version, region, pages = [], links = [] }: LandingPageProps, texts: LandingTexts): Html {
  const own = [...pages.map(({ name, title }) => ({ url: `/pages/${name}`, label: title })), ...links];
  return html`<footer>
  <p id="status" role="status">
    <span data-health="" data-up="${texts.up}" data-down="${texts.down}"></span>
    <span>${texts.version(version)}</span>
    <span>${region}</span>
  </p>
  <p><a href="/docs">${texts.docs}</a> <a href="/docs/api">${texts.reference}</a> <a href="/v1/openapi.json">${texts.openApi}</a> ${own.map(({ url, label }) => html`<a href="${url}">${label}</a> `)}</p>
</footer>`;
}
