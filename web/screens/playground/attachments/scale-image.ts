export interface ScaledImage {
  blob: Blob;
  width: number;
  height: number;
}

/** Longest edges in pixels. Models see no more detail than the first; text is still legible at the last. */
const edges = [1568, 1280, 1024, 768];
const quality = 0.85;

/**
 * The image as a JPEG of at most `mostBytes`, upright, with transparent areas white.
 * @returns undefined if the browser can't read it, or no size of it is small enough
 */
export async function scaleImage(picture: Blob, mostBytes: number): Promise<ScaledImage | undefined> {
  const bitmap = await createImageBitmap(picture).catch(() => undefined);
  if (bitmap === undefined) return undefined;
  try {
    for (const edge of edges) {
      const scaled = await jpegOf(bitmap, edge);
      if (scaled !== undefined && scaled.blob.size <= mostBytes) return scaled;
    }
    return undefined;
  } finally {
    bitmap.close();
  }
}

async function jpegOf(bitmap: ImageBitmap, edge: number): Promise<ScaledImage | undefined> {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return { blob: await canvas.convertToBlob({ type: 'image/jpeg', quality }), width, height };
}
