import type { AnswerFormat, SystemPart } from '../../chat/chat.ts';

/** Prompt for models with neither structured output nor a tool that they can be made to call. */
export function schemaPrompt(format: AnswerFormat): SystemPart {
  const schema = format.type === 'json' ? { type: 'object' } : format.schema;
  const described = format.type === 'json' ? undefined : format.description;
  const lines = [
    'Your whole answer must be one JSON value that is valid by the JSON Schema below.',
    'Write nothing before or after it, and no code fence around it.',
    ...(described === undefined || described.trim() === '' ? [] : [`What it is: ${described}`]),
    `<json_schema>${JSON.stringify(schema)}</json_schema>`,
  ];
  return { type: 'text', text: lines.join('\n') };
}
