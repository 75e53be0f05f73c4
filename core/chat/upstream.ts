/** One call of a provider's HTTP API. */
export interface UpstreamCall {
  /** Below the provider's base URL: `/chat/completions`. */
  path: string;
  headers: Readonly<Record<string, string>>;
  /** JSON. */
  body: string;
  /** Whether the answer comes piece by piece. A whole one may be silent for as long as it takes. */
  streamed: boolean;
}

export interface UpstreamAnswer {
  status: number;
  header(name: string): string | undefined;
  /** The whole body, cut at a length that no answer has. */
  text(): Promise<string>;
  events(): AsyncIterable<UpstreamEvent>;
}

/** A server-sent event. */
export interface UpstreamEvent {
  event?: string | undefined;
  data: string;
}

/**
 * Sends a call and resolves with the head of its answer, whatever its status. It follows no redirects.
 * @throws DaypassError when the provider can't be reached, or is silent for too long
 */
export type SendUpstream = (call: UpstreamCall, signal: AbortSignal) => Promise<UpstreamAnswer>;

/** The key of the deployment's operator. */
export interface OperatorKey {
  read(): Promise<string>;
  /** Of a key that the provider refused: the next read asks anew. */
  forget(): void;
}
