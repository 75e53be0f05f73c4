/** An OpenAI-compatible server, as the environment names it. */
export interface OpenAiServer {
  /** Where chat completions are posted. */
  url: URL;
  /** Sent instead of the Bedrock model id. */
  modelName: string | undefined;
  /** A bearer token for servers that ask for one. */
  apiKey: string | undefined;
}
