import { CodeBlock } from '../../../parts/code/code-block.tsx';
import type { ToolCall } from './answer.ts';

/** A tool call that the model asks for. The playground doesn't run it: that is up to the API's callers. */
export function ToolCallView({ call: { name, arguments: json } }: { call: ToolCall }) {
  return <CodeBlock code={indented(json)} language="json" label={`Tool call: ${name}`} wrap />;
}

/** JSON is incomplete while it streams, and a model may never get it right. */
function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
