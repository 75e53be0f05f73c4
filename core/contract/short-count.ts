/**
 * Writes large counts, such as a model's context in tokens, as the locale shortens them: `300K`, `1.05M`; in German `300.000`,
 * `1,05 Mio.`. All of English has the same letters, on the landing page as in the console: British `m` reads as metres.
 */
export function shortCount(locale: string): (count: number) => string {
  const spoken = locale.startsWith('en') ? 'en' : locale;
  const short = new Intl.NumberFormat(spoken, { notation: 'compact', maximumSignificantDigits: 3 });
  const whole = new Intl.NumberFormat(spoken);
  return (count) => {
    const parts = short.formatToParts(count);
    // Where thousands have no short word, rounding makes another number of it and nothing shorter.
    const isShort = parts.some(({ type }) => type === 'compact');
    return isShort ? parts.map(({ value }) => value).join('') : whole.format(count);
  };
}
