import type { Socket } from 'node:net';

/** Hears one answer, in this order. After `end` or `failed` nothing more comes. */
export interface Listener {
  head(status: number, headers: ReadonlyMap<string, string>): void;
  /** A piece of the body, valid until the call returns only if copied or used at once. */
  data(bytes: Buffer): void;
  /** All that came with one read of the connection was passed on. */
  readEnd?(): void;
  end(): void;
  failed(error: ConnectionError): void;
}

/** One request under way. */
export interface Exchange {
  abort(error: ConnectionError): void;
  /** Stops reading, and so, once buffers are full, the sender. */
  pause(): void;
  resume(): void;
}

export interface ConnectionBounds {
  connectMs: number;
  /** Between two reads, and until the first. */
  silenceMs: number;
}

/** The connection failed: `code` is Node's. */
export class ConnectionError extends Error {
  readonly code: string | undefined;
  /** Set once an answer has begun, as by the SDK. */
  readonly $response: object | undefined;
  /** The connection had been kept from an earlier call, and may have been closed before this one. */
  readonly wasKept: boolean;

  constructor(
    name: string,
    message: string,
    about: { code?: string; began?: boolean; wasKept?: boolean } = {},
  ) {
    super(message);
    this.name = name;
    this.code = about.code;
    this.$response = about.began ? {} : undefined;
    this.wasKept = about.wasKept ?? false;
  }
}

/** The longest head and chunk line; AWS's are far shorter. */
const longestHead = 64 * 1024;
const nothing: Buffer = Buffer.alloc(0);
/** Of connections that break. */
const brokenCodes = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

type State = 'idle' | 'head' | 'body' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailer' | 'until-close';

/** HTTP/1.1 over one socket: one exchange after the other. */
export class Connection implements Exchange {
  idleSince = 0;
  private timer: NodeJS.Timeout | undefined;
  private state: State = 'idle';
  private listener: Listener | undefined;
  /** Bytes that are not yet a whole line or head. */
  private kept: Buffer = nothing;
  /** Of the body or chunk. */
  private remaining = 0;
  private closesAfter = false;
  private wasKept = false;
  private isConnected = false;
  private readonly socket: Socket;
  private readonly bounds: ConnectionBounds;
  private readonly idle: Connection[];

  constructor(socket: Socket, connected: string, bounds: ConnectionBounds, idle: Connection[]) {
    this.socket = socket;
    this.bounds = bounds;
    this.idle = idle;
    socket
      .setNoDelay(true)
      .setKeepAlive(true)
      .on(connected, () => {
        this.isConnected = true;
        if (this.state !== 'idle') this.waitFor(bounds.silenceMs);
      })
      .on('data', (bytes: Buffer) => this.read(bytes))
      .on('error', ({ code, message }: NodeJS.ErrnoException) => this.fail(code ?? 'ECONNRESET', message))
      .on('close', () => {
        if (this.state === 'until-close') this.finish();
        else this.fail('ECONNRESET', 'The connection closed before the answer ended');
      });
  }

  send(request: string, listener: Listener): Exchange {
    this.state = 'head';
    this.listener = listener;
    this.waitFor(this.isConnected ? this.bounds.silenceMs : this.bounds.connectMs);
    if (this.wasKept) this.socket.ref();
    this.socket.write(request);
    return this;
  }

  abort(error: ConnectionError): void {
    const { listener } = this;
    this.close();
    listener?.failed(error);
  }

  pause(): void {
    this.socket.pause();
    this.waitForNothing();
  }

  resume(): void {
    if (this.listener === undefined) return;
    this.waitFor(this.bounds.silenceMs);
    this.socket.resume();
  }

  close(): void {
    this.listener = undefined;
    this.state = 'idle';
    const at = this.idle.indexOf(this);
    if (at >= 0) this.idle.splice(at, 1);
    this.waitForNothing();
    this.socket.destroy();
  }

  /** For what must come in time, which each read puts off. */
  private waitFor(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.abort(this.timedOut()), milliseconds);
  }

  /** A timer that is only cleared would begin again with the next read. */
  private waitForNothing(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private timedOut(): ConnectionError {
    return this.isConnected
      ? new ConnectionError('TimeoutError', 'The service was silent for too long', {
          began: this.began,
          wasKept: this.wasKept,
        })
      : new ConnectionError('TimeoutError', 'The service did not establish a connection in time', {
          code: 'ETIMEDOUT',
        });
  }

  private get began(): boolean {
    return this.state !== 'head';
  }

  private fail(code: string, message: string): void {
    const { began, wasKept } = this;
    // As by the SDK's handler.
    const name = !began && brokenCodes.has(code) ? 'TimeoutError' : 'Error';
    this.abort(new ConnectionError(name, message, { code, began, wasKept }));
  }

  private read(bytes: Buffer): void {
    const { listener } = this;
    this.timer?.refresh();
    let rest = this.kept.length === 0 ? bytes : Buffer.concat([this.kept, bytes]);
    this.kept = nothing;
    while (rest.length > 0) {
      const used = this.take(rest);
      if (used === 0) {
        if (rest.length > longestHead) this.fail('EPROTO', 'The answer has an endless head');
        else this.kept = rest;
        break;
      }
      rest = rest.subarray(used);
    }
    if (this.listener === listener) listener?.readEnd?.();
  }

  /** @returns how many bytes were used; 0: more must come first */
  private take(bytes: Buffer): number {
    switch (this.state) {
      case 'head':
        return this.takeHead(bytes);
      case 'body':
      case 'chunk':
        return this.takeBody(bytes);
      case 'until-close':
        this.listener?.data(bytes);
        return bytes.length;
      case 'idle':
        // An answer to nothing.
        this.close();
        return bytes.length;
      default:
        return this.takeLine(bytes);
    }
  }

  private takeHead(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return 0;
    const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1]);
    const headers = new Map<string, string>();
    for (const line of lines) {
      const colon = line.indexOf(':');
      headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
    }
    if (Number.isNaN(status)) this.fail('EPROTO', 'The answer is not HTTP');
    else if (status >= 200) this.begin(status, headers, first.startsWith('HTTP/1.0'));
    return end + 4;
  }

  private begin(status: number, headers: ReadonlyMap<string, string>, isOld: boolean): void {
    const length = headers.get('content-length');
    this.closesAfter = isOld || headers.get('connection')?.toLowerCase() === 'close';
    this.remaining = Number(length);
    if (headers.get('transfer-encoding') === 'chunked') this.state = 'chunk-size';
    else this.state = length === undefined ? 'until-close' : 'body';
    this.listener?.head(status, headers);
    if (this.state === 'body' && this.remaining === 0) this.finish();
  }

  private takeBody(bytes: Buffer): number {
    const used = Math.min(this.remaining, bytes.length);
    this.remaining -= used;
    this.listener?.data(used === bytes.length ? bytes : bytes.subarray(0, used));
    if (this.remaining > 0) return used;
    if (this.state === 'chunk') this.state = 'chunk-end';
    else if (this.state === 'body') this.finish();
    return used;
  }

  private takeLine(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n');
    if (end < 0) return 0;
    const line = bytes.toString('latin1', 0, end);
    if (this.state === 'chunk-size') {
      const [, size] = /^([\da-f]{1,8})\s*(;|$)/i.exec(line) ?? [];
      if (size === undefined) this.fail('EPROTO', 'The answer has a broken chunk');
      this.remaining = Number.parseInt(size ?? '0', 16);
      if (this.listener !== undefined) this.state = this.remaining === 0 ? 'trailer' : 'chunk';
    } else if (this.state === 'chunk-end') {
      if (line !== '') this.fail('EPROTO', 'The answer has a broken chunk');
      else this.state = 'chunk-size';
    } else if (line === '') this.finish();
    return end + 2;
  }

  private finish(): void {
    const { listener } = this;
    const isKept = !this.closesAfter && this.state !== 'until-close' && !this.socket.destroyed;
    this.listener = undefined;
    this.state = 'idle';
    this.wasKept = true;
    this.waitForNothing();
    if (isKept) {
      this.socket.resume().unref();
      this.idleSince = Date.now();
      this.idle.push(this);
    } else this.socket.destroy();
    listener?.end();
  }
}
