import { Writable } from 'node:stream';
import { RuntimeError } from './runtime-errors.ts';

type WriteCallback = (error?: Error | null) => void;

/** The other end of a streamed response. */
export interface ResponseSink {
  open(contentType: string): void;
  /** Gives `bytes` away. */
  chunk(bytes: Uint8Array<ArrayBuffer>): void;
  end(): void;
  /** Called with true while writes wait for credit: the thread must stay alive for it. */
  waiting(waits: boolean): void;
}

/** The `responseStream` of a streaming handler. */
export class ResponseStream extends Writable {
  /** Set by `HttpResponseStream.from`, by the name AWS's runtime client gives it. */
  _onBeforeFirstWrite: ((write: (part: string | Uint8Array) => void) => void) | undefined;
  readonly #sink: ResponseSink;
  readonly #windowBytes: number;
  #contentType = 'application/octet-stream';
  #writeCalled = false;
  #opened = false;
  #inFlightBytes = 0;
  #waiting: WriteCallback | undefined;

  constructor(sink: ResponseSink, options: { windowBytes: number; highWaterMark?: number | undefined }) {
    super(options.highWaterMark === undefined ? {} : { highWaterMark: options.highWaterMark });
    this.#sink = sink;
    this.#windowBytes = options.windowBytes;
  }

  setContentType(contentType: string): void {
    if (this.#writeCalled) {
      throw new RuntimeError('InvalidStreamingOperation', 'Cannot set content-type, too late.');
    }
    this.#contentType = contentType;
  }

  override write(chunk: unknown, callback?: WriteCallback): boolean;
  override write(chunk: unknown, encoding: BufferEncoding, callback?: WriteCallback): boolean;
  override write(chunk: unknown, second?: BufferEncoding | WriteCallback, third?: WriteCallback): boolean {
    this.#writeCalled = true;
    const isBytesOrText = typeof chunk === 'string' || chunk instanceof Uint8Array;
    const data = isBytesOrText ? chunk : JSON.stringify(chunk);
    return typeof second === 'string' ? super.write(data, second, third) : super.write(data, second);
  }

  /** The reader has read this many bytes. */
  credit(bytes: number): void {
    this.#inFlightBytes = Math.max(0, this.#inFlightBytes - bytes);
    if (this.#inFlightBytes >= this.#windowBytes || this.#waiting === undefined) return;
    const resume = this.#waiting;
    this.#waiting = undefined;
    this.#sink.waiting(false);
    resume();
  }

  /**
   * Informs the handler by the event `aborted` that its reader has left. AWS's runtime client has nothing of the
   * kind. It is not `close`: to Node's `pipeline` that is a failure, and on AWS a function whose reader has left
   * goes on writing without one.
   */
  readerGone(): void {
    if (!this.writableEnded) this.emit('aborted');
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: WriteCallback): void {
    this.#open();
    this.#send(chunk);
    this.#whenCredited(callback);
  }

  override _writev(chunks: { chunk: Buffer }[], callback: WriteCallback): void {
    this.#open();
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)));
    this.#whenCredited(callback);
  }

  override _final(callback: WriteCallback): void {
    this.#open();
    this.#sink.end();
    callback();
  }

  #open(): void {
    if (this.#opened) return;
    this.#opened = true;
    this.#writeCalled = true;
    this.#sink.open(this.#contentType);
    const prelude: Buffer[] = [];
    this._onBeforeFirstWrite?.((part) => prelude.push(Buffer.from(part)));
    this.#send(Buffer.concat(prelude));
  }

  #send(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#inFlightBytes += bytes.length;
    // A copy: a message carries the whole memory behind a view, and a Buffer's is a pool shared with others.
    this.#sink.chunk(new Uint8Array(bytes));
  }

  #whenCredited(callback: WriteCallback): void {
    if (this.#inFlightBytes < this.#windowBytes) {
      callback();
      return;
    }
    this.#waiting = callback;
    this.#sink.waiting(true);
  }
}
