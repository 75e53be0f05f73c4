import { invalid } from '../../errors.ts';
import type { Message } from '../../request/content.ts';
import type { ConverseRequest } from '../../request/converse-request.ts';
import { type Step, script } from './steps.ts';

/**
 * The script in the last user message with more than tool results. The number of the assistant's messages since then
 * decides which of its turns is due.
 * @returns undefined when there is none, or when its turns are over
 * @throws AwsError ValidationException for a script that can't be read
 */
export function findScript({ messages, modelId }: ConverseRequest): Step[] | undefined {
  const at = messages.findLastIndex(({ content, role }) => role === 'user' && content.some(isSaid));
  const asked = messages[at];
  const written = asked && directiveOf(asked);
  if (written === undefined) return undefined;
  const parsed = script.safeParse(written);
  if (!parsed.success) {
    const issue = parsed.error.issues.map((issue) => meantIssue(issue)).find((text) => text !== undefined);
    throw invalid(`The script can't be read. ${issue ?? 'It has an unknown step.'}`);
  }
  const turn = messages.slice(at).filter(({ role }) => role === 'assistant').length;
  const turns = Array.isArray(parsed.data) ? [parsed.data] : parsed.data.turns;
  return turns[turn]?.filter(({ onlyFor }) => onlyFor === undefined || modelId.includes(onlyFor));
}

const isSaid = ({ kind }: Message['content'][number]): boolean => kind === 'text' || kind === 'guardContent';

function directiveOf({ content }: Message): unknown {
  for (const block of content) {
    const directive = block.kind === 'text' ? parseDirective(block.text) : undefined;
    if (directive !== undefined) return directive;
  }
  return undefined;
}

interface Issue {
  code: string;
  message: string;
  path: PropertyKey[];
  errors?: Issue[][];
}

/** The issue of the step that was meant: of the alternatives, the one that has all of its fields. */
function meantIssue(issue: Issue, above: PropertyKey[] = []): string | undefined {
  const path = [...above, ...issue.path];
  const isAnother =
    issue.code === 'unrecognized_keys' || (issue.code === 'invalid_type' && issue.path.length === 0);
  if (isAnother) return undefined;
  if (issue.errors === undefined || issue.errors.length === 0)
    return `At ${path.map(String).join('.')}: ${issue.message}`;
  for (const alternative of issue.errors) {
    const meant = alternative.map((inner) => meantIssue(inner, path));
    if (meant.every((text) => text !== undefined)) return meant[0];
  }
  return undefined;
}

const opening = '[[daypass:';
const closing = ']]';

/**
 * The JSON of a text that begins with `[[daypass: JSON]]`. JSON may itself end in brackets, so the first end that makes
 * valid JSON counts.
 * @throws AwsError ValidationException when there is no such end
 */
export function parseDirective(text: string): unknown {
  if (!text.startsWith(opening)) return undefined;
  for (let end = text.indexOf(closing); end !== -1; end = text.indexOf(closing, end + 1)) {
    try {
      return JSON.parse(text.slice(opening.length, end));
    } catch {
      // The JSON goes on.
    }
  }
  throw invalid(`The text begins with ${opening} but no JSON and ${closing} follow.`);
}
