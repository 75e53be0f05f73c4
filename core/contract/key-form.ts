/**
 * An API key's value as a regular expression, without its checksum. The CloudFront function can't import it
 * and repeats it; a test compares the two.
 */
export const keyForm = 'dpk[0-9A-Za-z]{38}';
