import type { CatalogModel } from '../catalog.ts';
import type { AnswerEvents } from './answer/steps.ts';
import type { ChatRequest, RelayedApi } from './chat.ts';

/** A service that runs chat models. Each has its own folder in core/providers and in lambda/adapters. */
export interface Provider {
  /** The dialects that it speaks itself, so that their calls can pass as they are. */
  relays?: readonly RelayedApi[];
  /** Whether callers may use keys of their own. */
  takesOwnKeys?: boolean;
  /**
   * Translates a chat for one model, before the call is charged.
   * @throws DaypassError that names the caller's field, for what the model can't honour
   */
  prepare(chat: ChatRequest, model: CatalogModel): PreparedChat;
}

/** A chat in the provider's own words, which nobody else needs to read. */
export interface PreparedChat {
  /** The caller's names of fields that this model doesn't need, or takes only in part. */
  ignored?: readonly string[];
  /**
   * Asks the model. The events throw a DaypassError when the model refuses or its answer breaks off, and end in an error
   * when the signal aborts.
   */
  ask(options: AskOptions): AnswerEvents;
}

export interface AskOptions {
  /** Ends generation. */
  signal: AbortSignal;
  /** In place of the operator's key. */
  ownKey?: string | undefined;
  /** The caller's own headers that the provider's API knows. */
  headers?: Readonly<Record<string, string>> | undefined;
}

/** Whether a model is asked in a dialect that its provider speaks itself. */
export function relays(
  provider: Pick<Provider, 'relays'> | undefined,
  { apis }: Pick<CatalogModel, 'apis'>,
  api: RelayedApi,
): boolean {
  return provider?.relays?.includes(api) === true && apis?.includes(api) !== false;
}

/** A service that counts a prompt's tokens as its model would. */
export interface TokenCounter extends Pick<Provider, 'relays' | 'takesOwnKeys'> {
  /** @throws DaypassError as `prepare` and `ask` do */
  count(chat: ChatRequest, model: CatalogModel, options: AskOptions): Promise<number>;
}
