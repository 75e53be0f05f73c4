export const quantizedTypes = ['int8', 'uint8', 'binary', 'ubinary'] as const;

/** A unit vector in one of Cohere's smaller forms; packed, the binary ones have eight dimensions in a byte. */
export function quantize(vector: number[], type: string): number[] {
  switch (type) {
    case 'int8':
      return vector.map((part) => Math.max(-128, Math.min(127, Math.round(part * 127))));
    case 'uint8':
      return vector.map((part) => Math.max(0, Math.min(255, Math.round(part * 127) + 128)));
    case 'binary':
      return packed(vector).map((byte) => byte - 128);
    case 'ubinary':
      return packed(vector);
    default:
      return vector;
  }
}

function packed(vector: number[]): number[] {
  return Array.from({ length: Math.ceil(vector.length / 8) }, (_, at) =>
    vector.slice(at * 8, at * 8 + 8).reduce((byte, part, bit) => byte | (part > 0 ? 0x80 >> bit : 0), 0),
  );
}
