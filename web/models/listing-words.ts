import { shortCount } from '../../core/contract/short-count.ts';
import { forLocale } from '../language/t.ts';

/** Names that are not their id with a capital letter. */
const makers: Record<string, string> = {
  ai21: 'AI21 Labs',
  deepseek: 'DeepSeek',
  minimax: 'MiniMax',
  'mistral-ai': 'Mistral AI',
  mistral: 'Mistral AI',
  moonshot: 'Moonshot AI',
  nvidia: 'NVIDIA',
  openai: 'OpenAI',
};

/** Who made it; of a provider that the operator listed, its name there. */
export const makerWords = ({ owned_by: id }: { owned_by: string }): string =>
  makers[id] ?? `${id.charAt(0).toUpperCase()}${id.slice(1)}`;

/** `300K`, `1.05M`. */
export const tokenWords = (tokens: number): string => short()(tokens);
const short = forLocale(shortCount);

/** As prices are written: `$0.06`, `$0.00875`, `$3.00`. */
export const dollars = (price: number): string => priceFormat().format(price);
const priceFormat = forLocale(
  (locale) =>
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: 'USD',
      currencyDisplay: 'narrowSymbol',
      maximumFractionDigits: 6,
    }),
);
