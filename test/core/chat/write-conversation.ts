import { type Conversation, document, image, type Piece, signature, type Turn } from './any-conversation.ts';

/** A conversation as a body of each dialect. What is undefined is gone once it is JSON. */
const json = (body: object): unknown => JSON.parse(JSON.stringify(body));

export function asChatCompletion(talk: Conversation): unknown {
  return json({
    model: 'any',
    messages: [
      ...talk.instructions.map((content, at) => ({ role: at === 0 ? 'system' : 'developer', content })),
      ...talk.turns.flatMap((turn) => completionMessages(turn, talk.cached)),
    ],
    tools: listed(talk, ({ name, description, schema, strict }) => ({
      type: 'function',
      function: { name, description, parameters: schema, strict },
    })),
    tool_choice: openAiChoice(talk, (name) => ({ type: 'function', function: { name } })),
    parallel_tool_calls: talk.single === undefined ? undefined : !talk.single,
    response_format: talk.schema && {
      type: 'json_schema',
      json_schema: { name: 'shape', schema: talk.schema, strict: true },
    },
    reasoning_effort: talk.effort,
    max_completion_tokens: talk.maxTokens,
    temperature: talk.temperature,
    top_p: talk.topP,
    stop: talk.stops,
  });
}

export function asResponse(talk: Conversation): unknown {
  return json({
    model: 'any',
    instructions: talk.instructions.join('\n'),
    input: talk.turns.flatMap((turn) => responseItems(turn, talk.cached)),
    tools: listed(talk, ({ name, description, schema, strict }) => ({
      type: 'function',
      name,
      description,
      parameters: schema,
      strict,
    })),
    tool_choice: openAiChoice(talk, (name) => ({ type: 'function', name })),
    parallel_tool_calls: talk.single === undefined ? undefined : !talk.single,
    text: talk.schema && {
      format: { type: 'json_schema', name: 'shape', schema: talk.schema, strict: true },
    },
    reasoning: talk.effort && { effort: talk.effort },
    max_output_tokens: talk.maxTokens,
    temperature: talk.temperature,
    top_p: talk.topP,
  });
}

export function asMessage(talk: Conversation): unknown {
  const cached = talk.cached ? { cache_control: { type: 'ephemeral' } } : {};
  const named = { none: 'none', auto: 'auto', any: 'any', named: 'tool' };
  const alone = talk.choice === 'none' ? {} : { disable_parallel_tool_use: talk.single };
  return json({
    model: 'any',
    system: talk.instructions.map((text, at) => ({ type: 'text', text, ...(at === 0 && cached) })),
    messages: talk.turns.flatMap((turn) => anthropicMessages(turn, talk.cached)),
    ...(talk.cached && { cache_control: { type: 'ephemeral' } }),
    tools: listed(talk, ({ name, description, schema, strict }) => ({
      name,
      description,
      input_schema: schema,
      strict,
      ...cached,
    })),
    tool_choice:
      talk.choice && !talk.handedOver
        ? {
            type: named[talk.choice],
            ...(talk.choice === 'named' && { name: talk.tools[0]?.name }),
            ...alone,
          }
        : undefined,
    output_config: {
      effort: talk.effort === 'none' ? undefined : talk.effort,
      format: anthropicFormat(talk),
    },
    thinking: talk.effort === 'none' ? { type: 'disabled' } : thinkingOf(talk),
    max_tokens: talk.maxTokens ?? 2000,
    temperature: talk.temperature,
    top_p: talk.topP,
    stop_sequences: talk.stops,
  });
}

function anthropicFormat({ schema }: Conversation) {
  return schema && { type: 'json_schema', schema };
}

function thinkingOf({ effort, maxTokens }: Conversation) {
  if (effort === 'medium') return { type: 'adaptive' };
  return effort === 'high'
    ? { type: 'enabled', budget_tokens: Math.max(1024, (maxTokens ?? 2000) - 500) }
    : undefined;
}

function listed<T>(talk: Conversation, write: (tool: Conversation['tools'][number]) => T): T[] | undefined {
  return talk.tools.length === 0 || talk.handedOver ? undefined : talk.tools.map(write);
}

function openAiChoice({ choice, tools, handedOver }: Conversation, named: (name: string) => object) {
  if (handedOver) return undefined;
  if (choice === 'any') return 'required';
  return choice === 'named' ? named(tools[0]?.name ?? '') : choice;
}

function completionMessages(turn: Turn, cached: boolean): object[] {
  if (turn.role === 'system') return [{ role: 'system', content: turn.text }];
  if (turn.role === 'user') {
    const breakpoint = cached ? { prompt_cache_breakpoint: { mode: 'explicit' } } : {};
    const content = turn.pieces.map((piece, at) => ({
      ...completionPart(piece),
      ...(at === 0 && breakpoint),
    }));
    return [{ role: 'user', content }];
  }
  const calls = turn.calls.map(({ id, name, input }) => ({
    id,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  }));
  return [
    {
      role: 'assistant',
      content: turn.texts.length === 0 ? null : turn.texts.map((text) => ({ type: 'text', text })),
      tool_calls: calls.length === 0 ? undefined : calls,
    },
    ...turn.calls.map(({ id, result }) => ({ role: 'tool', tool_call_id: id, content: result })),
  ];
}

function completionPart(piece: Piece): object {
  if (piece.kind === 'text') return { type: 'text', text: piece.text };
  if (piece.kind === 'image')
    return { type: 'image_url', image_url: { url: `data:image/png;base64,${image}` } };
  return { type: 'file', file: { file_data: document[piece.format], filename: piece.name } };
}

function responseItems(turn: Turn, cached: boolean): object[] {
  if (turn.role === 'system') return [{ role: 'developer', content: turn.text }];
  if (turn.role === 'user') {
    const breakpoint = cached ? { prompt_cache_breakpoint: { mode: 'explicit', ttl: '30m' } } : {};
    const content = turn.pieces.map((piece, at) => ({ ...responsePart(piece), ...(at === 0 && breakpoint) }));
    return [{ role: 'user', content }];
  }
  const thought = turn.thought && {
    type: 'reasoning',
    id: 'rs_1',
    summary: [],
    content: [{ type: 'reasoning_text', text: turn.thought }],
    encrypted_content: signature(turn.thought),
  };
  const hidden = { type: 'reasoning', id: 'rs_2', summary: [], encrypted_content: 'redacted:AQID' };
  return [
    ...(thought ? [thought] : []),
    ...(turn.hidden ? [hidden] : []),
    ...turn.calls.map(({ id, name, input }) => ({
      type: 'function_call',
      call_id: id,
      name,
      arguments: JSON.stringify(input),
    })),
    ...turn.texts.map((text) => ({
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text }],
    })),
    ...turn.calls.map(({ id, result }) => ({ type: 'function_call_output', call_id: id, output: result })),
  ];
}

function responsePart(piece: Piece): object {
  if (piece.kind === 'text') return { type: 'input_text', text: piece.text };
  if (piece.kind === 'image') return { type: 'input_image', image_url: `data:image/png;base64,${image}` };
  return { type: 'input_file', file_data: document[piece.format], filename: piece.name };
}

function anthropicMessages(turn: Turn, cached: boolean): object[] {
  if (turn.role === 'system') return [{ role: 'system', content: turn.text }];
  if (turn.role === 'user') {
    const content = turn.pieces.map((piece, at) => ({
      ...anthropicBlock(piece),
      ...(cached && at === 0 && piece.kind === 'document' && { cache_control: { type: 'ephemeral' } }),
    }));
    return [{ role: 'user', content }];
  }
  const thought = turn.thought && {
    type: 'thinking',
    thinking: turn.thought,
    signature: signature(turn.thought),
  };
  const results = turn.calls.map(({ id, result, failed }) => ({
    type: 'tool_result',
    tool_use_id: id,
    content: result,
    is_error: failed,
  }));
  return [
    {
      role: 'assistant',
      content: [
        ...(thought ? [thought] : []),
        ...(turn.hidden ? [{ type: 'redacted_thinking', data: 'AQID' }] : []),
        ...turn.calls.map(({ id, name, input }) => ({ type: 'tool_use', id, name, input })),
        ...turn.texts.map((text) => ({ type: 'text', text })),
      ],
    },
    ...(results.length === 0 ? [] : [{ role: 'user', content: results }]),
  ];
}

function anthropicBlock(piece: Piece): object {
  if (piece.kind === 'text') return { type: 'text', text: piece.text };
  if (piece.kind === 'image') {
    return { type: 'image', source: { type: 'base64', media_type: 'image/png', data: image } };
  }
  const source =
    piece.format === 'pdf'
      ? { type: 'base64', media_type: 'application/pdf', data: document.pdf }
      : { type: 'text', media_type: 'text/plain', data: 'Notes' };
  return { type: 'document', source, title: piece.name };
}
