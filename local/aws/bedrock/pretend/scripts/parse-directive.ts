import { invalid } from '../../errors.ts';

const opening = '[[daypass:';
const closing = ']]';

/**
 * What a text that begins with `[[daypass: JSON]]` holds between the brackets. JSON may itself end in brackets: the
 * first end that makes it whole counts.
 * @throws AwsError ValidationException when there is no such end
 */
export function parseDirective(text: string): unknown {
  if (!text.startsWith(opening)) return undefined;
  for (let end = text.indexOf(closing); end !== -1; end = text.indexOf(closing, end + 1)) {
    try {
      return JSON.parse(text.slice(opening.length, end));
    } catch {
      // It ends later.
    }
  }
  throw invalid(`The text begins with ${opening} but no JSON and ${closing} follow.`);
}
