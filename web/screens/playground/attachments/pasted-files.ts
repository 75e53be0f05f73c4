/**
 * The files in a paste. Spreadsheets and word processors add a picture of formatted text, where it is the text that is
 * wanted. Plain text without HTML is the name of a file that was copied in a file manager.
 */
export function pastedFiles({ files, types }: Pick<DataTransfer, 'files' | 'types'>): File[] {
  const isText = types.includes('text/plain') && types.includes('text/html');
  return isText ? [] : [...files];
}
