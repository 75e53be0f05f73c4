import { CodeBlock } from '../../../parts/code/code-block.tsx';
import type { ToolCall } from './answer.ts';

/** A call that the model asks for; whoever uses the API runs it, the playground does not. */
export function ToolCallView({ call: { name, arguments: json } }: { call: ToolCall }) {
  return <CodeBlock code={indented(json)} language="json" label={`Tool call: ${name}`} wrap />;
}

/** While it comes it is no JSON yet, and a model may never get it right. */
function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
