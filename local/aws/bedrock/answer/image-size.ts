export interface ImageSize {
  format: 'png' | 'jpeg' | 'gif' | 'webp';
  width: number;
  height: number;
}

/** Format and size by the image's header; undefined for other formats than the four, and for a truncated header. */
export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return pngSize(view) ?? gifSize(view) ?? webpSize(view) ?? jpegSize(view);
}

function pngSize(view: Buffer): ImageSize | undefined {
  if (view.length < 24 || view.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return undefined;
  return { format: 'png', width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
}

function gifSize(view: Buffer): ImageSize | undefined {
  if (view.length < 10 || !/^GIF8[79]a$/.test(view.toString('latin1', 0, 6))) return undefined;
  return { format: 'gif', width: view.readUInt16LE(6), height: view.readUInt16LE(8) };
}

function webpSize(view: Buffer): ImageSize | undefined {
  const at = (start: number) => view.toString('latin1', start, start + 4);
  if (view.length < 30 || at(0) !== 'RIFF' || at(8) !== 'WEBP') return undefined;
  if (at(12) === 'VP8 ') {
    return {
      format: 'webp',
      width: view.readUInt16LE(26) & 0x3fff,
      height: view.readUInt16LE(28) & 0x3fff,
    };
  }
  if (at(12) === 'VP8L') {
    const bits = view.readUInt32LE(21);
    return { format: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return { format: 'webp', width: view.readUIntLE(24, 3) + 1, height: view.readUIntLE(27, 3) + 1 };
}

/** The size is in the first start-of-frame segment, C0 to CF but for C4, C8 and CC. */
function jpegSize(view: Buffer): ImageSize | undefined {
  if (view.length < 4 || view.readUInt16BE(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 9 <= view.length && view[at] === 0xff) {
    const marker = view[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { format: 'jpeg', width: view.readUInt16BE(at + 7), height: view.readUInt16BE(at + 5) };
    }
    at += 2 + view.readUInt16BE(at + 2);
  }
  return undefined;
}
