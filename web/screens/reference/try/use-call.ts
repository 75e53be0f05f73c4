import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useConsole } from '../../../shell/console-context.ts';
import type { Access } from '../operations.ts';
import { textOf } from './answer-text.ts';
import type { PreparedCall } from './prepare-call.ts';
import { sendCall } from './send-call.ts';

export interface CallAnswer {
  status: number;
  statusText: string;
  headers: Headers;
  /** Until the headers arrived. */
  tookMs: number;
  text: string;
  isWhole: boolean;
}

export interface Call {
  answer: CallAnswer | undefined;
  /** Why there is no answer, or only part of one. */
  error: unknown;
  isRunning: boolean;
  send(call: PreparedCall, caller: { access: Access; key: string | undefined }): Promise<void>;
  stop(): void;
}

/** One call at a time; a new one clears the last answer. */
export function useCall(): Call {
  const { session } = useConsole();
  const queries = useQueryClient();
  const [state, setState] = useState<Pick<Call, 'answer' | 'error' | 'isRunning'>>(nothing);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function run(
    call: PreparedCall,
    caller: { access: Access; key: string | undefined },
    signal: AbortSignal,
  ): Promise<void> {
    const start = performance.now();
    const response = await sendCall({ send: fetch, session }, call, caller, signal);
    const { status, statusText, headers, body } = response;
    const answer = {
      status,
      statusText,
      headers,
      tookMs: performance.now() - start,
      text: '',
      isWhole: false,
    };
    setState({ ...nothing, answer, isRunning: true });
    const add = (text: string) =>
      setState((earlier) =>
        earlier.answer === undefined
          ? earlier
          : { ...earlier, answer: { ...earlier.answer, text: earlier.answer.text + text } },
      );
    if (body !== null) for await (const text of textOf(body)) add(text);
    setState((earlier) => ({
      ...earlier,
      ...(earlier.answer !== undefined && { answer: { ...earlier.answer, isWhole: true } }),
    }));
    // The call may have changed what other screens have loaded.
    if (response.ok && call.method !== 'GET')
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'reference' });
  }

  return {
    ...state,
    async send(call, caller) {
      const controller = new AbortController();
      running.current = controller;
      setState({ ...nothing, isRunning: true });
      try {
        await run(call, caller, controller.signal);
      } catch (error) {
        if (!controller.signal.aborted) setState((earlier) => ({ ...earlier, error }));
      } finally {
        setState((earlier) => ({ ...earlier, isRunning: false }));
      }
    },
    stop: () => running.current?.abort(),
  };
}

const nothing = { answer: undefined, error: undefined, isRunning: false };
