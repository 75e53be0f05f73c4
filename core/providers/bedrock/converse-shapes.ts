/**
 * The parts of Bedrock's Converse operations that Daypass uses (API reference, `ConverseStream`). Core imports no SDK;
 * the adapter passes them to the SDK's client, whose types check them.
 */
export interface ConverseRequest {
  modelId: string;
  system?: ConverseSystemBlock[];
  messages: ConverseMessage[];
  inferenceConfig: { maxTokens?: number; temperature?: number; topP?: number; stopSequences?: string[] };
  toolConfig?: { tools: ConverseTool[]; toolChoice?: ConverseToolChoice };
  outputConfig?: { textFormat?: ConverseTextFormat; effort?: string };
  additionalModelRequestFields?: { [name: string]: Json };
  additionalModelResponseFieldPaths?: string[];
  guardrailConfig?: {
    guardrailIdentifier: string;
    guardrailVersion: string;
    streamProcessingMode: 'sync' | 'async';
  };
  serviceTier?: { type: 'default' | 'flex' | 'priority' | 'reserved' };
  requestMetadata?: Record<string, string>;
}

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export interface ConverseMessage {
  role: 'user' | 'assistant';
  content: ConverseBlock[];
}

export interface CachePointBlock {
  cachePoint: { type: 'default'; ttl?: '5m' | '1h' };
}

export type ConverseSystemBlock = { text: string } | CachePointBlock;

export type ConverseImage = {
  image: { format: 'png' | 'jpeg' | 'gif' | 'webp'; source: { bytes: Uint8Array } };
};

export type ConverseDocument = {
  document: {
    format: 'pdf' | 'csv' | 'doc' | 'docx' | 'xls' | 'xlsx' | 'html' | 'txt' | 'md';
    name: string;
    source: { bytes: Uint8Array };
  };
};

export type ConverseToolResultContent = { text: string } | ConverseImage | ConverseDocument;

export type ConverseBlock =
  | { text: string }
  | ConverseImage
  | ConverseDocument
  | CachePointBlock
  | { toolUse: { toolUseId: string; name: string; input: Json } }
  | {
      toolResult: {
        toolUseId: string;
        content: ConverseToolResultContent[];
        status?: 'success' | 'error';
      };
    }
  | {
      reasoningContent:
        | { reasoningText: { text: string; signature?: string } }
        | { redactedContent: Uint8Array };
    };

export type ConverseTool =
  | { toolSpec: { name: string; description?: string; inputSchema: { json: Json }; strict?: boolean } }
  | CachePointBlock;

export type ConverseToolChoice =
  | { auto: Record<string, never> }
  | { any: Record<string, never> }
  | { tool: { name: string } };

export interface ConverseTextFormat {
  type: 'json_schema';
  structure: { jsonSchema: { schema: string; name?: string; description?: string } };
}

/** One event of an answer. Exactly one member is set; exceptions are thrown by the client instead. */
export interface ConverseEvent {
  messageStart?: unknown;
  contentBlockStart?:
    | {
        contentBlockIndex?: number | undefined;
        start?:
          | { toolUse?: { toolUseId?: string | undefined; name?: string | undefined } | undefined }
          | undefined;
      }
    | undefined;
  contentBlockDelta?:
    | { contentBlockIndex?: number | undefined; delta?: ConverseDelta | undefined }
    | undefined;
  contentBlockStop?: { contentBlockIndex?: number | undefined } | undefined;
  messageStop?: { stopReason?: string | undefined; additionalModelResponseFields?: unknown } | undefined;
  metadata?:
    | { usage?: ConverseUsage | undefined; serviceTier?: { type?: string | undefined } | undefined }
    | undefined;
}

export interface ConverseDelta {
  text?: string | undefined;
  toolUse?: { input?: string | undefined } | undefined;
  reasoningContent?:
    | {
        text?: string | undefined;
        signature?: string | undefined;
        redactedContent?: Uint8Array | undefined;
      }
    | undefined;
}

export interface ConverseUsage {
  inputTokens?: number | undefined;
  outputTokens?: number | undefined;
  cacheReadInputTokens?: number | undefined;
  cacheWriteInputTokens?: number | undefined;
  /** Cache writes by lifetime. */
  cacheDetails?: { ttl?: string | undefined; inputTokens?: number | undefined }[] | undefined;
}
