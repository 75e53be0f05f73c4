import type { Catalog } from '../../../../core/catalog.ts';
import type { Language } from '../../../../web/language/languages.ts';
import { choiceWords } from '../../../../web/language/list-words.ts';
import { t } from '../../../../web/language/t.ts';
import { callSnippet } from './call-snippet.ts';
import type { Html } from './html.ts';
import { escaped, html } from './html.ts';
import { alternates, inLanguage, otherLanguages } from './landing-languages.ts';
import { modelsTable } from './models-table.ts';
import { planList } from './plan-list.ts';

export interface LandingPageProps {
  readonly catalog: Catalog;
  readonly stage: 'prod' | 'dev';
  /** Of the service, as visitors know it. */
  readonly name: string;
  /** What the service is, in the operator's words. @default ours */
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
export const landingPage = (template: string, props: LandingPageProps, language: Language): string =>
  inLanguage(language, () => written(template, props, language));

function written(template: string, props: LandingPageProps, language: Language): string {
  const { name, origin } = props;
  const sentence = sentenceOf(props);
  const places = {
    '<html lang="en">': `<html lang="${language}">`,
    '{{title}}': escaped(`${name}: ${sentence.replace(/\.$/, '')}`),
    '{{description}}': escaped(`${sentence} ${lead()}`),
    '<!-- {{alternates}} -->': html`${alternates(origin)}`.html.trim(),
    '{{body}}': body(props, language).html,
  };
  return Object.entries(places).reduce((page, [place, value]) => {
    if (!page.includes(place)) throw new Error(`web/landing.html has no ${place} to fill in`);
    return page.replace(place, () => value);
  }, template);
}

/** Nobody has said which language the operator's own words are in. */
const unknownLanguage = html` lang=""`;

const sentenceOf = ({ sentence }: LandingPageProps): string =>
  sentence ?? t('An API key for language models, with a daily plan.');

const lead = (): string =>
  t(
    'It works with the OpenAI or Anthropic client that you already use, and always says what is left of the day.',
  );

function body(props: LandingPageProps, language: Language): Html {
  const { catalog, origin } = props;
  return html`<a class="skip" href="#main">${t('Skip to content')}</a>
<header class="top">
  ${brand(props)}
  <nav aria-label="${t('Pages')}">
    <a href="/docs">${t('Docs')}</a>
    <a href="/docs/api">${t('API reference')}</a>
    <a href="#status">${t('Status')}</a>
    ${otherLanguages(language)}
    <a class="button" href="/sign-in">${t('Log in')}</a>
  </nav>
</header>
<main id="main" tabindex="-1">
  <section class="hero">
    <div class="hero-words">
      <h1${props.sentence !== undefined && unknownLanguage}>${sentenceOf(props)}</h1>
      <p class="lead">${lead()}</p>
      ${wayIn(catalog)}
    </div>
    ${callSnippet(catalog.models, origin)}
  </section>
  <section aria-labelledby="models">
    <h2 id="models">${t('Models')}</h2>
    <p>${t('US dollars per million tokens.')}</p>
    ${modelsTable(catalog)}
  </section>
  <section aria-labelledby="plans">
    <h2 id="plans">${t('Plans')}</h2>
    <p>${t('A day begins at 00:00 UTC.')}</p>
    ${planList(catalog.plans)}
  </section>
</main>
${foot(props)}`;
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
function wayIn({ logIn, signUp }: Catalog): Html {
  const [provider, ...others] = logIn.providers;
  const conditions = [
    logIn.passwords === 'on' &&
      signUp.allowedDomains.length > 0 &&
      t('For addresses at {domains}.', { domains: choiceWords(signUp.allowedDomains) }),
    signUp.approval === 'admin' && t('An admin lets new accounts in.'),
  ].filter((condition) => condition !== false);
  const only = provider !== undefined && others.length === 0 ? provider.label : undefined;
  return html`<p class="ways">${
    logIn.passwords === 'on'
      ? html`<a class="button primary" href="/sign-up">${t('Create an account')}</a> <a class="button" href="/sign-in">${t('Log in')}</a>`
      : html`<a class="button primary" href="/sign-in">${only === undefined ? t('Log in') : t('Continue with {label}', { label: only })}</a>`
  }</p>
  ${conditions.length > 0 && html`<p class="conditions">${conditions.join(' ')}</p>`}`;
}

function foot({ version, region, pages = [], links = [] }: LandingPageProps): Html {
  const own = [...pages.map(({ name, title }) => ({ url: `/pages/${name}`, label: title })), ...links];
  return html`<footer>
  <p id="status" role="status">
    <span data-health="" data-up="${t('The API answers')}" data-down="${t('The API does not answer')}"></span>
    <span>Daypass ${version}</span>
    <span>${region}</span>
  </p>
  <p><a href="/docs">${t('Docs')}</a> <a href="/docs/api">${t('API reference')}</a> <a href="/v1/openapi.json">${t('OpenAPI document')}</a> ${own.map(({ url, label }) => html`<a${unknownLanguage} href="${url}">${label}</a> `)}</p>
</footer>`;
}
