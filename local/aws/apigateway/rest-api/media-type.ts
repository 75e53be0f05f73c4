/** `application/json` of `Application/JSON; charset=utf-8`; undefined without a header. */
export const mediaTypeOf = (header: string | undefined): string | undefined =>
  header?.split(';', 1)[0]?.trim().toLowerCase() || undefined;

/** Whether an API's binary media types (`image/*`, `*\/*`) cover this one. */
export function isBinary(binaryMediaTypes: readonly string[], mediaType: string | undefined): boolean {
  const [kind] = (mediaType ?? '').split('/');
  return binaryMediaTypes.some(
    (binary) =>
      binary === '*/*' || (mediaType !== undefined && (binary === mediaType || binary === `${kind}/*`)),
  );
}
