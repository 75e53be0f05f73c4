import type { Log } from '../../log.ts';
import { type StripeState, signatureOf } from './stripe-state.ts';

/** The version of the API whose objects are sent, that of the library. */
const apiVersion = '2026-10-28.dahlia';
/** Stripe goes on for three days; here nobody waits so long. */
const retryMs = [250, 1000, 3000, 10_000, 30_000];

export interface SendEventsDeps {
  state: StripeState;
  /** Where the endpoint is; read when an event is sent. */
  endpoint: () => string;
  webhookSecret: () => string | undefined;
  log: Log;
}

export interface StripeEvents {
  /** Sends an event about an object, as it is now. Nothing waits for the endpoint's answer. */
  send(type: string, object: object): void;
  close(): void;
}

/** Signed events for the deployment's endpoint. One that is not taken is sent again, with a new signature. */
export function createStripeEvents({ state, endpoint, webhookSecret, log }: SendEventsDeps): StripeEvents {
  const timers = new Set<NodeJS.Timeout>();
  const deliver = async (body: string, name: string, attempt: number): Promise<void> => {
    const outcome = await post(body).catch((error: Error) => error.message);
    if (outcome === 200) return;
    log.info('stripe', `${name} was answered ${outcome}`);
    const waitMs = retryMs[attempt];
    if (waitMs === undefined) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void deliver(body, name, attempt + 1);
    }, waitMs);
    timer.unref();
    timers.add(timer);
  };
  const post = async (body: string): Promise<number> => {
    const signature = signatureOf(body, webhookSecret() ?? '', state.seconds());
    const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature };
    const answer = await fetch(endpoint(), { method: 'POST', headers, body, redirect: 'manual' });
    await answer.arrayBuffer();
    return answer.status;
  };
  return {
    send(type, object) {
      const event = {
        id: state.newId('evt'),
        object: 'event',
        api_version: apiVersion,
        created: state.seconds(),
        livemode: false,
        pending_webhooks: 1,
        request: { id: null, idempotency_key: null },
        type,
        data: { object },
      };
      void deliver(JSON.stringify(event, null, 2), type, 0);
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
