import { imageSize } from '../../answer/image-size.ts';
import { refusedByModel } from '../../errors.ts';
import type { ImageBlock } from '../../request/content.ts';
import type { CheckedRequest } from '../checked-request.ts';
import { imagesIn } from './media-blocks.ts';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html */
const imagesLimit = 20;
const sideLimitPixels = 8000;
/** 3.75 MB, which is 5 MB as base64. */
const imageLimitBytes = 3.75 * 1024 * 1024;

export function validateImages({ messages }: Pick<CheckedRequest, 'messages'>): void {
  for (const { block, path } of imagesIn(messages)) validateImage(block, path);
  for (const message of messages) {
    const images = imagesIn([message]).length;
    if (images > imagesLimit) {
      throw refusedByModel(`too many images and documents: ${images} + 0 > ${imagesLimit}`);
    }
  }
}

function validateImage({ bytes, format }: ImageBlock, path: string): void {
  if (bytes === undefined) return;
  const place = `${path}.image.source.base64`;
  if (bytes.length > imageLimitBytes) {
    const encoded = Math.ceil(bytes.length / 3) * 4;
    throw refusedByModel(`${place}: image exceeds 5 MB maximum: ${encoded} bytes > 5242880 bytes`);
  }
  const size = imageSize(bytes);
  if (size === undefined) throw refusedByModel('Could not process image');
  if (size.format !== format) {
    throw refusedByModel(
      `${place}: The image was specified using the image/${format} media type, but the image appears to be a image/${size.format} image`,
    );
  }
  if (Math.max(size.width, size.height) > sideLimitPixels) {
    throw refusedByModel(
      `${place}: At least one of the image dimensions exceed max allowed size: ${sideLimitPixels} pixels`,
    );
  }
}
