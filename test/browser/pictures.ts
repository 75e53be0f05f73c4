import { crc32, deflateSync } from 'node:zlib';

/** A PNG in colours, of which no two rows are the same: made here, so that none has to be kept. */
export function png(width: number, height: number): Buffer {
  const rows = Array.from({ length: height }, (_, y) => row(width, y));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.from([...bytesOf(width), ...bytesOf(height), 8, 2, 0, 0, 0])),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Soft enough for a JPEG, rough enough for a PNG to be as large as that of a photograph. */
function row(width: number, y: number): Buffer {
  const bytes = Buffer.alloc(1 + width * 3);
  for (let x = 0; x < width; x += 1) {
    const grain = Math.imul(x * 73_856_093 + y * 19_349_663, 0x9e37_79b1) >>> 28;
    bytes.set([(x + grain) & 255, (y + grain) & 255, ((x + y) / 2 + grain) & 255], 1 + x * 3);
  }
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([bytesOf(data.length), body, bytesOf(crc32(body))]);
}

function bytesOf(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number >>> 0);
  return bytes;
}
