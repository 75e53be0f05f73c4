/** A cookie, since the edge reads it too, for the landing page: lib/constructs/edge/console-paths.js. */
const cookie = 'daypass-language';
/** Safari keeps it for a week. */
const keptSeconds = 365 * 24 * 60 * 60;

export function keepChosenLanguage(name: string): void {
  const secure = window.location.protocol === 'https:' ? '; secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is younger than some browsers we support
  document.cookie = `${cookie}=${name}; path=/; max-age=${keptSeconds}; samesite=lax${secure}`;
}

export const chosenLanguage = (): string | undefined =>
  document.cookie
    .split('; ')
    .find((pair) => pair.startsWith(`${cookie}=`))
    ?.slice(cookie.length + 1);
