import { EventStreamCodec } from '@smithy/eventstream-codec';
import { createFrameReader, type Frame } from '../../../../lambda/adapters/aws/frame-reader.ts';

/** AWS's own codec writes what is read here. */
const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);
const text = (value: string) => ({ type: 'string', value }) as const;
type MessageHeaders = Parameters<EventStreamCodec['encode']>[0]['headers'];
const event = (headers: MessageHeaders, body: string): Buffer =>
  Buffer.from(codec.encode({ headers, body: Buffer.from(body) }));

const everyType: MessageHeaders = {
  ':event-type': text('é'),
  yes: { type: 'boolean', value: true },
  no: { type: 'boolean', value: false },
  byte: { type: 'byte', value: 1 },
  short: { type: 'short', value: 2 },
  whole: { type: 'integer', value: 3 },
  bytes: { type: 'binary', value: new Uint8Array([1, 2]) },
  time: { type: 'timestamp', value: new Date(0) },
  id: { type: 'uuid', value: '00000000-0000-0000-0000-000000000000' },
  last: text('x'),
};
const wire = Buffer.concat([
  event({ ':message-type': text('event'), ':event-type': text('messageStart') }, '{"role":"assistant"}'),
  event(everyType, '{"delta":{"text":"日本語 🚀"}}'),
  event({}, ''),
]);

const seen = ({ headers, payload }: Frame) => ({
  headers: { ...Object.fromEntries(headers) },
  body: payload.toString(),
});
const expected = [
  { headers: { ':message-type': 'event', ':event-type': 'messageStart' }, body: '{"role":"assistant"}' },
  { headers: { ':event-type': 'é', last: 'x' }, body: '{"delta":{"text":"日本語 🚀"}}' },
  { headers: {}, body: '' },
];

test('events are the same whatever pieces they come in', () => {
  for (let size = 1; size <= wire.length; size += 1) {
    const reader = createFrameReader();
    const frames: ReturnType<typeof seen>[] = [];
    for (let at = 0; at < wire.length; at += size) {
      reader.read(wire.subarray(at, at + size), (frame) => frames.push(seen(frame)));
    }
    reader.end();
    expect(frames).toEqual(expected);
  }
});

test('a stream cut anywhere gives the events before the cut, and then an error', () => {
  const ends = [0];
  for (let at = 0; at < wire.length; at += wire.readUInt32BE(at)) ends.push(at + wire.readUInt32BE(at));
  for (let cut = 0; cut <= wire.length; cut += 1) {
    const reader = createFrameReader();
    const frames: Frame[] = [];
    if (cut > 0) reader.read(wire.subarray(0, cut), (frame) => frames.push(frame));
    expect(frames.length).toBe(ends.filter((end) => end > 0 && end <= cut).length);
    if (ends.includes(cut)) reader.end();
    else expect(() => reader.end()).toThrow('ended within an event');
  }
});

test('no flipped bit goes unnoticed', () => {
  for (let bit = 0; bit < wire.length * 8; bit += 1) {
    const changed = Buffer.from(wire);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const reader = createFrameReader();
    expect(() => {
      reader.read(changed, () => {});
      reader.end();
    }).toThrow();
  }
});

test('messages before a broken one are given, though all came together', () => {
  const changed = Buffer.from(wire);
  changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
  const frames: ReturnType<typeof seen>[] = [];
  expect(() => createFrameReader().read(changed, (frame) => frames.push(seen(frame)))).toThrow(
    'checksum is wrong',
  );
  expect(frames).toEqual(expected.slice(0, 2));
});

test('a length that no event has is refused before anything is kept for it', () => {
  const prelude = Buffer.alloc(12);
  prelude.writeUInt32BE(1 << 30, 0);
  prelude.writeUInt32BE(codecCrc(prelude.subarray(0, 8)), 8);
  expect(() => createFrameReader().read(prelude, () => {})).toThrow('no such length');
});

/** The checksum as the codec computes it, taken from an event of its own. */
function codecCrc(bytes: Buffer): number {
  const table = Array.from({ length: 256 }, (_, at) =>
    Array.from({ length: 8 }).reduce<number>((crc) => (crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1), at),
  );
  const crc = bytes.reduce((sum, byte) => (sum >>> 8) ^ (table[(sum ^ byte) & 255] ?? 0), 0xffffffff);
  return (crc ^ 0xffffffff) >>> 0;
}
