import type { JsonObject } from '../json-fields.ts';
import type { Message, SystemBlock } from './content.ts';
import type { ToolConfig } from './parse-tools.ts';

/** A Converse or ConverseStream request, parsed but not yet validated. */
export interface ConverseRequest {
  modelId: string;
  system: SystemBlock[];
  messages: Message[];
  inference: {
    maxTokens: number | undefined;
    temperature: number | undefined;
    topP: number | undefined;
    stopSequences: string[];
  };
  toolConfig: ToolConfig | undefined;
  guardrail: Guardrail | undefined;
  /** The model family's own parameters. */
  additionalFields: JsonObject;
  responseFieldPaths: string[];
  output: { schema: JsonObject | undefined; effort: string | undefined };
  serviceTier: string | undefined;
  latency: string | undefined;
  /** As it came, for scripts that look at it. */
  body: JsonObject;
}

export interface Guardrail {
  id: string;
  version: string;
  trace: 'enabled' | 'disabled' | 'enabled_full';
  streamMode: 'sync' | 'async';
}
