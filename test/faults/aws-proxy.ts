import { Agent, createServer, request as forwardRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { errorAnswer } from './aws-errors.ts';
import { nameOperation } from './operation-names.ts';

/** What can go wrong between a function and AWS. `killed-…` only reports; whoever watches ends the caller. */
export const faultKinds = [
  /** An error that the SDK tries again, before anything was applied. */
  'error',
  'throttle',
  /** Not applied, and the connection broken: nobody is there. */
  'down',
  /** Applied, and the connection broken before a byte of the reply. */
  'lost',
  /** Applied, and the connection broken in the middle of the reply. */
  'cut',
  /** Never answered nor applied: the caller's own bound ends the wait. */
  'timeout',
  /** As `timeout`, and applied long after the caller gave up: see `Lane.applyLate`. */
  'late',
  'killed-before',
  'killed-after',
] as const;
/** `slow-conflict`: DynamoDB tells only after a while that a transaction is in the way. */
export type FaultKind = (typeof faultKinds)[number] | 'slow-conflict';

/** Just in time for a client that waits 1.5 seconds and whose timers are four times as fast. */
const slowConflictMs = 300;

/** One HTTP request of a caller. The SDK's attempts of one call share its number. */
export interface SeenCall {
  /** 1 for the lane's first call. */
  number: number;
  /** 1 for the SDK's first attempt. */
  attempt: number;
  service: string;
  operation: string;
  /**
   * Of a query, the partition asked for: tells calls of one operation apart. Of a call of a provider, the key that it came
   * with.
   */
  detail: string;
}

export type Strike = (call: SeenCall) => FaultKind | undefined;

/**
 * The calls of one caller. Callers are told apart by the access key id that they sign with; calls of providers, which are not
 * signed, by a text in their bodies.
 */
export interface Lane {
  readonly calls: readonly SeenCall[];
  /**
   * Numbers calls from 1 again, and strikes by this rule from now on.
   * @param mark what the bodies of its unsigned calls hold
   */
  begin(strike?: Strike, onKill?: () => void, mark?: string): void;
  /** Applies what was held back as `late`, in its order. */
  applyLate(): Promise<void>;
}

export interface AwsProxy {
  url: string;
  lane(accessKeyId: string): Lane;
  close(): Promise<void>;
}

interface LaneState {
  calls: SeenCall[];
  numbers: Map<string, number>;
  strike: Strike;
  onKill: () => void;
  mark: string | undefined;
  late: (() => Promise<unknown>)[];
  held: Set<IncomingMessage>;
}

interface Reply {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** A transparent HTTP/1.1 proxy on loopback that counts calls and breaks those it is told to. */
export async function startAwsProxy(upstream: string): Promise<AwsProxy> {
  const agent = new Agent({ keepAlive: true });
  const lanes = new Map<string, LaneState>();
  const stateOf = (id: string): LaneState => {
    const known = lanes.get(id) ?? newLane();
    lanes.set(id, known);
    return known;
  };
  const { hostname, port } = new URL(upstream);

  const forward = (incoming: IncomingMessage, body: Buffer) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { ...incoming.headers, host: `${hostname}:${port}` };
      const outgoing = forwardRequest(
        { agent, hostname, port, method: incoming.method, path: incoming.url, headers },
        resolve,
      );
      outgoing.once('error', reject).end(body);
    });
  const apply = async (incoming: IncomingMessage, body: Buffer): Promise<Reply> => {
    const reply = await forward(incoming, body);
    return { status: reply.statusCode ?? 500, headers: reply.headers, body: await buffer(reply) };
  };

  const server = createServer({ keepAliveTimeout: 120_000 }, (incoming, response) => {
    serve().catch(() => incoming.socket.destroy());

    async function serve(): Promise<void> {
      const body = await buffer(incoming);
      const { strike, onKill, late, held, ...rest } = stateOf(accessKeyIdOf(incoming) ?? marked(lanes, body));
      const call = number(rest, incoming, body);
      const kind = strike(call);
      switch (kind) {
        case undefined: {
          const reply = await forward(incoming, body);
          response.writeHead(reply.statusCode ?? 500, reply.headers);
          reply.once('error', () => response.destroy()).pipe(response);
          response.once('close', () => reply.destroy());
          return;
        }
        case 'error':
        case 'throttle': {
          const answer = errorAnswer(call.service, kind);
          response.writeHead(answer.status, answer.headers).end(answer.body);
          return;
        }
        case 'slow-conflict': {
          await wait(slowConflictMs);
          const answer = errorAnswer(call.service, 'conflict');
          response.writeHead(answer.status, answer.headers).end(answer.body);
          return;
        }
        case 'lost':
          await apply(incoming, body);
          incoming.socket.destroy();
          return;
        case 'cut': {
          const reply = await apply(incoming, body);
          response.writeHead(reply.status, { ...reply.headers, 'content-length': reply.body.length + 10 });
          response.write(reply.body.subarray(0, Math.floor(reply.body.length / 2)), () => {
            incoming.socket.destroy();
          });
          return;
        }
        case 'down':
          incoming.socket.destroy();
          return;
        case 'late':
          late.push(() => apply(incoming, body));
          held.add(incoming);
          return;
        case 'timeout':
          held.add(incoming);
          return;
        case 'killed-before':
          onKill();
          return;
        case 'killed-after':
          await apply(incoming, body);
          onKill();
      }
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lane(id) {
      const state = stateOf(id);
      return {
        get calls() {
          return state.calls;
        },
        begin(strike = () => undefined, onKill = () => {}, mark = undefined) {
          Object.assign(state, { strike, onKill, mark, numbers: new Map(), calls: [], late: [] });
          for (const incoming of state.held) incoming.socket.destroy();
          state.held.clear();
        },
        async applyLate() {
          for (const work of state.late.splice(0)) await work();
        },
      };
    },
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function newLane(): LaneState {
  return {
    calls: [],
    numbers: new Map(),
    strike: () => undefined,
    onKill: () => {},
    mark: undefined,
    late: [],
    held: new Set(),
  };
}

function number(
  { calls, numbers }: Pick<LaneState, 'calls' | 'numbers'>,
  incoming: IncomingMessage,
  body: Buffer,
): SeenCall {
  // Every SDK sends it: one id for all attempts of a call.
  const id = String(incoming.headers['amz-sdk-invocation-id'] ?? `${calls.length}`);
  const known = numbers.get(id) ?? numbers.size + 1;
  numbers.set(id, known);
  const attempt = calls.filter((call) => call.number === known).length + 1;
  const call = { number: known, attempt, ...nameOperation(incoming, body) };
  calls.push(call);
  return call;
}

function accessKeyIdOf({ headers }: IncomingMessage): string | undefined {
  return /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1];
}

/** The lane whose mark a body holds. @returns `''` where there is none, as for a login */
function marked(lanes: ReadonlyMap<string, LaneState>, body: Buffer): string {
  return [...lanes].find(([, { mark }]) => mark !== undefined && body.includes(mark))?.[0] ?? '';
}
